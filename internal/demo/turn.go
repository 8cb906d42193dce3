package demo

// turn gives out things in turn, each as often as its share: the same every time, and evenly mixed.
type turn[T any] struct {
	items []T
	share []int
	owed  []int
}

func (t *turn[T]) add(item T, share int) {
	t.items, t.share, t.owed = append(t.items, item), append(t.share, share), append(t.owed, 0)
}

// next is the item that is owed most.
func (t *turn[T]) next() T {
	best, all := 0, 0
	for i, s := range t.share {
		t.owed[i] += s
		all += s
		if t.owed[i] > t.owed[best] {
			best = i
		}
	}
	t.owed[best] -= all
	return t.items[best]
}
