package web

import (
	"fmt"

	"hequan/internal/store"
)

// stage is how far an application has come at the desk.
type stage struct {
	Word, Class string
}

// stages are the stages as people see them, in the order of the work.
var stages = []struct {
	Code store.Stage
	stage
}{
	{store.StageReceived, stage{"受理", "busy"}},
	{store.StageJudging, stage{"初审中", "busy"}},
	{store.StageOpen, stage{"待复核", ""}},
	{store.StageDefective, stage{"须补正", "fail"}},
	{store.StageAsked, stage{"待补正", "review"}},
	{store.StageMended, stage{"已补正", "busy"}},
	{store.StageSettled, stage{"复核通过", "pass"}},
	{store.StageClear, stage{"通过", "pass"}},
	{store.StageBroken, stage{"处理失败", "dead"}},
}

// stageOf is the stage of an application in the staff's words.
func stageOf(s store.Summary) stage {
	for _, st := range stages {
		if st.Code == s.Stage {
			return st.stage
		}
	}
	return stage{Word: string(s.Stage)}
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
