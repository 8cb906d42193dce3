package turn

import "time"

// The rows.
const (
	plain = iota
	proved
)

// place is somebody who waits.
type place struct {
	id     string
	line   *line
	kind   int
	tag    time.Time // what it counts as having come
	key    time.Time // the order in its row
	from   time.Time // not before, for its line has asked often
	asked  time.Time // last
	before int       // how many stood before it, when so many had gone
	gone   int
	early  bool
	called bool
	told   bool // counted as one who waited
}

// places is a heap: by the order of the row, or, of those too early, by when they may come.
type places []*place

func (l places) Len() int { return len(l) }

func (l places) Less(i, j int) bool {
	if l[i].early {
		return l[i].from.Before(l[j].from)
	}
	return l[i].key.Before(l[j].key)
}

func (l places) Swap(i, j int) { l[i], l[j] = l[j], l[i] }

// Push is for package heap.
func (l *places) Push(x any) { *l = append(*l, x.(*place)) }

// Pop is for package heap.
func (l *places) Pop() any {
	old := *l
	p := old[len(old)-1]
	old[len(old)-1] = nil
	*l = old[:len(old)-1]
	return p
}
