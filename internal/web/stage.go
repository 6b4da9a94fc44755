package web

import (
	"fmt"

	"hequan"
	"hequan/internal/store"
)

// stage is how far an application has come at the desk.
type stage struct {
	Word, Class string
}

// stageOf derives the stage from what was judged, decided, issued and handed in.
func stageOf(s store.Summary) stage {
	switch {
	case s.State == store.Dead:
		return stage{"处理失败", "dead"}
	case s.State != store.Done:
		return stage{"初审中", "busy"}
	case s.IssuedAt > s.RoundAt:
		return stage{"待补正", "review"}
	case s.Rounds > 0 && s.Open > 0:
		return stage{"已补正", "busy"}
	case s.Verdict == string(hequan.Pass):
		return stage{"通过", "pass"}
	case s.Open > 0:
		return stage{"待复核", ""}
	case s.Confirmed > 0:
		return stage{"须补正", "fail"}
	}
	return stage{"复核通过", "pass"}
}

// tally is what people have decided of an application's findings.
type tally struct {
	Total, Open, Confirmed, Dismissed int
}

// Sentence is what the decisions come to, beside the machine's verdict.
func (t tally) Sentence() string {
	switch {
	case t.Total == 0:
		return "没有需要复核的问题"
	case t.Open == t.Total:
		return fmt.Sprintf("%d 项问题尚未复核", t.Total)
	case t.Open > 0:
		return fmt.Sprintf("还有 %d 项未复核", t.Open)
	case t.Confirmed > 0:
		return fmt.Sprintf("复核完毕：%d 项属实，须告知补正", t.Confirmed)
	}
	return "复核完毕：全部问题已驳回"
}

// Percent is how much is decided.
func (t tally) Percent() int {
	if t.Total == 0 {
		return 100
	}
	return (t.Total - t.Open) * 100 / t.Total
}
