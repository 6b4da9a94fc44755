package extractors

import "hequan"

// carryGroups gives the model that the heading of a group named on an earlier page to the rows of a
// table that goes on with the same columns and no such heading of its own.
func (d *doc) carryGroups(tables []hequan.Table) {
	for i := 1; i < len(tables); i++ {
		before, t := &tables[i-1], &tables[i]
		m := before.Column("model")
		n := len(before.Rows)
		if n < 2 || m < 0 || t.Column("model") >= 0 || len(before.Columns) != len(t.Columns)+1 || d.groupsFrom(t.Page) {
			continue
		}
		of := before.Rows[n-1][m]
		if of.Value == "" || of.Box != before.Rows[n-2][m].Box { // a cell of its row
			continue
		}
		if of.Page == 0 {
			of.Page = before.Page
		}
		t.Columns = append(t.Columns, "model")
		for r := range t.Rows {
			t.Rows[r] = append(t.Rows[r], of)
		}
	}
}

// groupsFrom says whether a row from a page on names the model of a group.
func (d *doc) groupsFrom(page int) bool {
	for i, r := range d.rows {
		if r.page >= page && hasRole(d.groupHeads(i), "model") {
			return true
		}
	}
	return false
}
