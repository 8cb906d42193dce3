package document

import "fmt"

// Form is how a paper's page is made.
type Form string

// The forms of official papers. Official and Letter are those of GB/T 9704 (chapter 7 and 10.1); the other three are the
// plain papers of enforcement, without red.
const (
	Official Form = "official" // 公文: the organ's mark in red, number, red rule
	Letter   Form = "letter"   // 信函: a letter, as most papers to a party are
	Plain    Form = "plain"    // 文书: organ, title and number in black
	Sheet    Form = "table"    // 表格式文书: a grid to be filled in
	Record   Form = "record"   // 笔录: what was asked and said, with places for signatures on every page
)

// Paper is what an official paper says, part by part. Its texts are as they will stand: nothing in them is a field.
type Paper struct {
	Form        Form   // "" is Letter
	Issuer      string // the organ in the head
	Title       string
	Number      string // 江蓬执监诉〔2026〕86号; empty: none
	Signatory   string // 签发人, on papers to a higher organ; empty: none
	Addressee   string // with its colon; empty: none
	Body        []Block
	Attachments []string // 附件说明: titles of what lies with the paper, besides its annexes
	Annexes     []Annex
	Signer      string   // empty: nobody signs at the end
	By          string   // under the signer: that somebody stood in for whoever had to do it; empty: nobody did
	Day         string   // 2026年3月5日
	Remark      string   // 附注, without its brackets
	CopyTo      string   // 抄送, in the imprint; empty: none
	Printer     string   // 印发机关, in the imprint; empty: no imprint but for CopyTo
	Printed     string   // 印发日期
	PageFoot    []string // lines at the foot of every page, for signatures
	Signature   Signature
	Note        string // in small print at the foot of the last page: what this paper is, and is not yet
}

// Annex is an 附件 that is set with the paper, on pages of its own after the signature (GB/T 9704 7.3.7).
type Annex struct {
	Title string
	Body  []Block
}

// Block is one piece of the body: a paragraph, a heading or a table.
type Block struct {
	Level int // 0: a paragraph; 1 to 4: a heading (黑体, 楷体, and twice as the text)
	Text  string
	Table *Table // instead of a text
}

// Table is a grid.
type Table struct {
	Columns []float64 // their widths as parts of the page's width
	Rows    []Row
}

// Row is a row of a table.
type Row struct {
	Head  bool // repeated on every page
	Lines int  // it is at least so many lines high
	Cells []Cell
}

// Cell is a cell of a table. Its paragraphs are the lines of its text.
type Cell struct {
	Text  string
	Foot  string // at its lower right: who signed, and when
	Label bool   // what the form says, not what was filled in: it stands in the middle
	Span  int    // columns it takes, at least one
	Down  int    // rows it takes; 0: it belongs to the cell above
}

// form is the paper's form.
func (p Paper) form() Form {
	if p.Form == "" {
		return Letter
	}
	return p.Form
}

// IsPlain says that nothing of the paper is red.
func (p Paper) IsPlain() bool { return p.form() != Official && p.form() != Letter }

// AttachmentLines are the lines of 附件说明 (7.3.4), annexes first: one without a number, several with theirs; no mark
// ends them.
func (p Paper) AttachmentLines() []string {
	var names []string
	for _, a := range p.Annexes {
		names = append(names, a.Title)
	}
	names = append(names, p.Attachments...)
	var out []string
	for i, name := range names {
		switch {
		case len(names) == 1:
			out = append(out, "附件："+name)
		case i == 0:
			out = append(out, "附件：1. "+name)
		default:
			out = append(out, fmt.Sprintf("　　　%d. %s", i+1, name))
		}
	}
	return out
}

// AnnexMark is what stands at the head of annex i, from 0: its number as 附件说明 has it.
func (p Paper) AnnexMark(i int) string {
	if len(p.Annexes)+len(p.Attachments) == 1 {
		return "附件"
	}
	return fmt.Sprintf("附件%d", i+1)
}
