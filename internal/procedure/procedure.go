package procedure

import (
	"cel.dev/cel-go/cel"

	"yifa/internal/calendar"
)

// Ordered keeps the entries of a YAML map in the order of the file.
type Ordered[T any] struct {
	Names []string
	Of    map[string]*T
}

// Get returns the entry, or nil.
func (o Ordered[T]) Get(name string) *T { return o.Of[name] }

// Each yields the entries in the order of the file.
func (o Ordered[T]) Each(yield func(string, *T) bool) {
	for _, n := range o.Names {
		if !yield(n, o.Of[n]) {
			return
		}
	}
}

// Procedure is one published version: law/procedures/<id>/<version>/.
type Procedure struct {
	Line    int
	Lines   map[string]int    // line of each key of the file
	Schema  int               `yaml:"schema" need:"1" doc:"version of this file format; 1"`
	ID      string            `yaml:"id" need:"1" doc:"the folder's name"`
	Version string            `yaml:"version" need:"1" doc:"the version folder's name, YYYY-MM-DD"`
	Title   string            `yaml:"title" need:"1"`
	About   string            `yaml:"about" doc:"one or two sentences for the public"`
	Basis   []string          `yaml:"basis" need:"1" doc:"provisions the whole procedure rests on"`
	Status  string            `yaml:"status" enum:"verified,partly,memory,unverified,platform"`
	Applies Applies           `yaml:"applies" need:"1"`
	Subject Subject           `yaml:"subject"`
	Roles   Ordered[Role]     `yaml:"roles" need:"1"`
	Facts   Ordered[FactDef]  `yaml:"facts"`
	Params  Ordered[Param]    `yaml:"params"`
	Clocks  Ordered[ClockDef] `yaml:"clocks"`
	Open    []*Act            `yaml:"open" need:"1" doc:"acts that open a matter"`
	Stages  Ordered[Stage]    `yaml:"stages" need:"1"`
	Any     []*Act            `yaml:"any" doc:"acts open in every unfinished stage"`

	Remedies  Ordered[Remedy]   `yaml:"remedies" doc:"what else whoever reports may do, and until when; told, never done"`
	Books     Books             `yaml:"books" doc:"what one matter of it takes up for a time"`
	Roster    Roster            `yaml:"roster" doc:"the public list of what stands in its register"`
	Required  Ordered[Required] `yaml:"required" doc:"what the file of a finished matter holds"`
	Retention Retention         `yaml:"retention"`
	Documents Ordered[Document] `yaml:"documents"`
	Series    Ordered[Series]   `yaml:"series"`
	Papers    Ordered[PaperUse] `yaml:"papers" doc:"kinds of papers of the catalogue that its matters may have"`
	Reasons   Ordered[Reason]   `yaml:"reasons" doc:"what a failed condition tells: key → sentence and what to do instead"`

	Dir   string              `yaml:"-"` // law/procedures/<id>/<version>
	Hash  string              `yaml:"-"` // SHA-256 over names and bytes of its files, cases excluded
	Forms map[string]*Form    `yaml:"-"`
	Texts map[string]TextFile `yaml:"-"` // by language: en, zh-Hant

	acts   []*Act
	byName map[string][]*Act
	rules  map[ruleKey]*compiled
	envs   map[string]*cel.Env // by form; only while loading
	hooks  Hooks
	said   func() map[string]string // words, gathered when first asked for
	asking func() map[string][]*Form
}

// TextFile is text.<lang>.yaml: path → text, with the line of each.
type TextFile struct {
	File  string
	Text  map[string]string
	Lines map[string]int
}

// Applies says which matters the version governs.
type Applies struct {
	Line         int
	OpenedFrom   calendar.Date `yaml:"opened_from" need:"1" doc:"first day on which a matter may open under this version"`
	Transitional string        `yaml:"transitional" enum:"pinned,migrate" doc:"pinned: a matter stays under the version it began with"`
}

// Subject says what one matter of the procedure is.
type Subject struct {
	Line         int
	Shard        string     `yaml:"shard" enum:"root,zero" doc:"zero: a register, kept on shard 0"`
	Confidential bool       `yaml:"confidential"`
	Number       string     `yaml:"number" doc:"series of the matter's own number, drawn when it opens"`
	Holder       HolderRule `yaml:"holder" doc:"which organ holds a new matter"`
}

// HolderRule finds the organ that is to hold a matter: `actor`, `field:NAME`, or the organ of a
// kind competent for what the fields in Over name (an organ or a division), never the organ
// itself nor one it belongs to.
type HolderRule struct {
	Line int
	Is   string   `yaml:"is" scalar:"1" doc:"actor | field:NAME"`
	Kind string   `yaml:"kind" doc:"kind of organ"`
	Over []string `yaml:"over" doc:"organ or division fields and facts, the first that is given counts"`
}

// Role says who may act as it.
type Role struct {
	Line     int
	Label    string   `yaml:"label" need:"1"`
	Is       string   `yaml:"is" enum:"filer,system,operator,linked" doc:"linked: whoever does, in another matter, the act that opens or carries this one"`
	Posts    []string `yaml:"posts" doc:"roles of posts"`
	At       string   `yaml:"at" doc:"holder (default) | any | organ:FACT"`
	Assigned bool     `yaml:"assigned" doc:"only the persons the matter is assigned to in this role"`
	Not      []string `yaml:"not" doc:"facts naming persons or organs, or roles, that exclude (recusal, separation of duties)"`
	Cite     []string `yaml:"cite" doc:"provisions of the exclusions, in the order of not; the last holds for the rest"`
	When     []*Rule  `yaml:"when" doc:"conditions over facts under which the role is played at all"`
	Makes    string   `yaml:"makes" enum:"drafts,checks,signs" doc:"the step of making a paper; the catalogue says by which posts, and that it is somebody else who does the next"`
}

// FactDef declares a clear fact: an id, an enumeration, a day, an amount; never personal text.
type FactDef struct {
	Line    int
	Type    string          `yaml:"type" need:"1" enum:"enum,enums,bool,date,moment,number,organ,organs,officer,officers,person,persons,division,matter,matters,item,text_id,title,paper,papers"`
	Options []string        `yaml:"options" doc:"of enum and enums"`
	Label   string          `yaml:"label" need:"1"`
	Says    Ordered[string] `yaml:"says" doc:"option → label, of a fact that acts set and no form asks"`
	Shown   bool            `yaml:"shown" doc:"stands at the head of the matter's page for officials"`
	Named   []string        `yaml:"named" doc:"provisions; of persons: whoever reads a paper is told their names"`
	Bars    []string        `yaml:"bars" doc:"provisions; of persons and officers: who is named does no act in the matter, is assigned nothing in it and can read nothing of it"`
}

// Param is a number the conditions may name.
type Param struct {
	Line   int
	Value  int      `yaml:"value" need:"1"`
	Cite   []string `yaml:"cite" need:"1"`
	Status string   `yaml:"status" enum:"verified,partly,memory,unverified,platform"`
}

// ClockDef says when a term runs in a matter.
type ClockDef struct {
	Line     int
	Label    string    `yaml:"label" need:"1"`
	Term     string    `yaml:"term" need:"1" doc:"id in law/terms"`
	Profile  string    `yaml:"profile"`
	Per      string    `yaml:"per" enum:"matter,party"`
	Starts   Acts      `yaml:"starts" need:"1" doc:"acts that start it"`
	When     string    `yaml:"when" doc:"CEL over the facts as the starting act leaves them; started only if true"`
	Restarts bool      `yaml:"restarts" doc:"a further starting act starts it anew; otherwise a clock starts once"`
	Stops    Acts      `yaml:"stops" doc:"acts or stages that stop it"`
	Suspends []Suspend `yaml:"suspends"`
	Extends  []Extend  `yaml:"extends"`
	Ladder   []Rung    `yaml:"ladder"`
	Lapse    string    `yaml:"lapse" need:"1" doc:"breach | lose_right | release | deemed:ACT"`
}

// Acts names acts and stages.
type Acts struct {
	Line   int
	Acts   []string `yaml:"acts" scalar:"1" also:"act"`
	Stages []string `yaml:"stages" also:"stage"`
}

// Suspend says which act stops a clock for a while and which acts end that.
type Suspend struct {
	Line  int
	Acts  []string `yaml:"acts" also:"act" need:"1"`
	Until []string `yaml:"until" need:"1" doc:"acts"`
	Cite  []string `yaml:"cite" need:"1"`
}

// Extend says which act extends a clock, within what the term allows.
type Extend struct {
	Line int
	Acts []string `yaml:"acts" also:"act" scalar:"1" need:"1"`
}

// Rung is a step of a clock's ladder of warnings.
type Rung struct {
	Line  int
	Left  string   `yaml:"left" need:"1" doc:"what is left of the term, in its own unit: 2 工作日"`
	Tell  []string `yaml:"tell" doc:"roles"`
	Raise string   `yaml:"raise" enum:"overdue"`
}

// Stage is where a matter can stand.
type Stage struct {
	Line   int
	Label  string `yaml:"label" need:"1"`
	Public string `yaml:"public" doc:"plain words for the filer"`
	Next   string `yaml:"next" doc:"plain words: what comes next"`
	Seen   string `yaml:"seen" doc:"stage shown instead to those who only read: an inner step is not theirs to know"`
	Acts   []*Act `yaml:"acts"`
	Final  bool   `yaml:"final"`
}

// Act is something a person does in a matter.
type Act struct {
	Line      int
	Name      string          `yaml:"act" need:"1"`
	Label     string          `yaml:"label" doc:"may be left out where the act stands a second time"`
	By        []string        `yaml:"by" need:"1" doc:"roles"`
	To        string          `yaml:"to" doc:"stage; left out: stays"`
	Cite      []string        `yaml:"cite" need:"1"`
	Status    string          `yaml:"status" enum:"verified,partly,memory,unverified,platform"`
	Form      string          `yaml:"form"`
	When      []*Rule         `yaml:"when"`
	After     []string        `yaml:"after" doc:"acts that must stand before"`
	NotBefore NotBefore       `yaml:"not_before"`
	Needs     Needs           `yaml:"needs"`
	Requires  Requires        `yaml:"requires"`
	Ahead     []*Ahead        `yaml:"ahead" doc:"how long before a day it must be done"`
	Prove     []string        `yaml:"prove" doc:"provisions; whoever does the act for an organ has shown a short while before who he is, once more where that is too long ago"`
	Once      bool            `yaml:"once" doc:"may stand only once in a matter"`
	Document  string          `yaml:"document"`
	Reserves  string          `yaml:"reserves" doc:"document; the act draws its number, which the act that makes it then bears"`
	Number    string          `yaml:"number" doc:"series of a number the act draws"`
	Stale     string          `yaml:"stale" enum:"redo" doc:"redo: may be done from an older page (dialogue)"`
	Visible   string          `yaml:"visible" enum:"public,parties,filer,staff" doc:"who sees the line of the timeline; parties: those who only read; staff when left out"`
	Public    string          `yaml:"public" doc:"plain words for the filer or parties; needed unless visible is staff"`
	Note      string          `yaml:"note" doc:"one line on what follows, for who does it"`
	Assign    Ordered[string] `yaml:"assign" doc:"role → actor | field:NAME | none"`
	Holder    HolderRule      `yaml:"holder" doc:"the organ that holds the matter from now on"`
	Facts     Ordered[string] `yaml:"facts" doc:"fact → value | field:NAME | add:NAME, what the field holds beside what stands | less:NAME, what stands without what the field holds | none | today | actor | kind:KIND, the organ of that kind nearest to the holder | paper:reader, paper:signs or paper:checked, what the catalogue says of the paper | post:NAME, the last of the fact's options that is a post of the persons named by a field or fact in the organ holding"`
	Opens     []*Opens        `yaml:"opens"`
	Carries   []*Carries      `yaml:"carries" doc:"entries this act makes in linked matters in the same transaction; refused there, it is refused as a whole"`
	Follow    []*Follows      `yaml:"follows" doc:"matters a new one goes on from, as its filer names them; nothing is entered there"`
	Access    []*AccessRule   `yaml:"access"`
	Items     []*ItemRule     `yaml:"items" doc:"versions of a register item"`
	Tell      []string        `yaml:"tell" doc:"roles to be told"`
	Voids     string          `yaml:"voids" enum:"last,any" doc:"更正: takes back the last entry, or any one on which nothing that has gone out rests"`
	Work      Work            `yaml:"work"`
	Custody   bool            `yaml:"custody" doc:"tells who has the thing the matter is about and in what state it is: it stands beside each file of the matter"`
	Imports   Imports         `yaml:"imports" doc:"takes a paper in that was there before the matter was kept here; done from a page that sorts many, one entry each"`
	Collects  bool            `yaml:"collects" doc:"what the filer does by opening the link to a paper served on her"`
	Code      bool            `yaml:"code" doc:"gives a receipt code: of the matter it opens, to whoever it is opened for; a filer gets a new one, and the one she came with ends"`
	Likely    int             `yaml:"likely" doc:"1 to 9: the likelier acts are offered first"`
	Urgent    bool            `yaml:"urgent"`
}

// Rule is one condition of an act.
type Rule struct {
	Line int
	Is   string   `yaml:"is" need:"1" doc:"CEL over facts"`
	Else string   `yaml:"else" need:"1" doc:"key of reasons"`
	Cite []string `yaml:"cite" doc:"the act's own where left out"`
}

// NotBefore is a term that must have run out since an act.
type NotBefore struct {
	Line   int
	Term   string `yaml:"term" need:"1"`
	Since  string `yaml:"since" need:"1" doc:"act"`
	Unless string `yaml:"unless" doc:"CEL; true waives it"`
}

// Needs is a part-matter an act waits for.
type Needs struct {
	Line  int
	Part  string          `yaml:"part" need:"1" doc:"procedure id"`
	Stage []string        `yaml:"stage" need:"1" also:"stages" doc:"in which it has to stand"`
	With  Ordered[string] `yaml:"with" doc:"fact of the part → value: only such parts count"`
	One   bool            `yaml:"one" doc:"enough that one part stands there; otherwise all have to"`
	None  bool            `yaml:"none" doc:"there need be no such part"`
}

// AccessRule gives or takes a right. Holder is a key with {NAME} for a fact or field,
// {holder} for the organ holding and {actor} for the person acting: organ:{holder}:head. public opens
// the parts of class public to everybody.
type AccessRule struct {
	Line   int
	Holder string `yaml:"holder" need:"1"`
	Right  string `yaml:"right" enum:"read,act"`
	Deny   bool   `yaml:"deny"`
	When   string `yaml:"when" doc:"CEL over the facts as the act leaves them; only if true"`
}

// ItemRule writes one version of a register item from facts.
type ItemRule struct {
	Line  int
	Kind  string   `yaml:"kind" need:"1" doc:"organ, post, officer, certificate, calendar, key, hold, room, or the item of the roster"`
	Key   string   `yaml:"key" need:"1" doc:"fact"`
	From  string   `yaml:"from" need:"1" doc:"date fact"`
	To    string   `yaml:"to" doc:"date fact"`
	Attrs []string `yaml:"attrs" doc:"facts"`
	Close bool     `yaml:"close" doc:"the item ends on From"`
	Many  bool     `yaml:"many" doc:"several matters may give items of the same key"`
}

// Reason is what a failed condition tells.
type Reason struct {
	Line int
	What string `yaml:"what" need:"1"`
	Mend string `yaml:"mend" need:"1"`
}

// Key is id@version.
func (p *Procedure) Key() string { return p.ID + "@" + p.Version }
