package access

import "slices"

// Posts of which the rooms of the desk speak. Which posts there are is data of the registers and of the procedures.
const (
	Intake        = "intake_clerk"
	Officer       = "supervision_officer"
	Head          = "supervision_head"
	Leader        = "leader"
	Administrator = "administrator"
	Archivist     = "archivist"
)

// Room is a part of the desk that is about no single matter. Every official has the others: his day, his lists, his
// deadlines and help. A room shows of matters only what its reader may read; it gives no right to any.
type Room string

// Rooms.
const (
	Overview Room = "overview" // who is late: for those who answer for others
	Figures  Room = "figures"  // figures of the matters one may read
	Handling Room = "handling" // lists of what is one's own to handle
	Taking   Room = "taking"   // writing down what somebody reports
	Holidays Room = "holidays" // what a holiday notice would move
	People   Room = "people"   // organs and posts
	Tasks    Room = "tasks"    // who handles how much, and handing it over
	Matrix   Room = "matrix"   // who may do what
	Audit    Room = "audit"    // who read personal data in one's organ
	Finding  Room = "finding"  // matters by a telephone or identity number, where the filer's identity is open to one
	Accounts Room = "accounts" // who may sign in; never a matter
	Keyring  Room = "keys"     // the master keys, never a matter
	Archive  Room = "archive"  // records past their term
	Numbers  Room = "numbers"  // the numbers of papers of one's organ, and what became of each
	Storage  Room = "storage"  // whether every file is still what it was; of matters the number alone
	Gate     Room = "gate"     // how reports are taken while somebody floods the site; never a matter
)

// Rooms lists them all.
var Rooms = []Room{Overview, Figures, Handling, Taking, Holidays, People, Tasks, Matrix, Accounts, Keyring, Audit, Finding, Archive, Numbers, Storage, Gate}

var opened = map[Room][]string{
	Overview: {Head, Leader},
	Figures:  {Officer, Head, Leader},
	Handling: {Officer},
	Taking:   {Intake, Officer},
	Holidays: {Administrator},
	People:   {Administrator},
	Tasks:    {Head},
	Matrix:   {Administrator},
	Accounts: {Administrator},
	Keyring:  {Administrator},
	Storage:  {Administrator},
	Gate:     {Administrator},
	Archive:  {Archivist, Head, Leader},
	Numbers:  {Intake, Head, Leader, Archivist},
	Audit:    {Head, Leader},
	Finding:  {Officer, Head},
}

// Posts are the roles of posts that open a room.
func (r Room) Posts() []string { return slices.Clone(opened[r]) }

// Opens says whether one who holds posts of these roles may enter.
func (r Room) Opens(roles []string) bool {
	return slices.ContainsFunc(opened[r], func(role string) bool { return slices.Contains(roles, role) })
}
