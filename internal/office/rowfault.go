package office

// RowFault is what is wrong with one cell of a file that is imported; Row counts from 1 with the heading, Row 0 is the file.
type RowFault struct {
	Row    int    `json:"row"`
	Column string `json:"column"`
	Text   string `json:"text"`
}
