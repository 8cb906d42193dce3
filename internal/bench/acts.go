package bench

import (
	"context"
	"os"
	"sync"

	"yifa/internal/office"
)

// Names of lines that ratios and growth refer to.
const (
	lineRaw     = "raw grouped insert"
	lineBareOne = "bare page, one row"
	lineBare50  = "bare page, 50 rows"
	lineReport  = "report, in process"
	lineNote    = "note, in process"
	lineNoteWeb = "note, desk POST"
	linePost    = "report, final POST"
	lineMatter  = "matter page"
	lineList    = "list, page 1"
	lineDeep    = "list, deep page"
	lineOpen    = "list, unfinished"
	lineToday   = "today page"
	lineRare2   = "search, 2 rare"
	lineRare4   = "search, 4 rare"
	lineCommon2 = "search, 2 common"
	lineCommon4 = "search, 4 common"
)

// inProcess measures acts without HTTP: reports that open a matter, notes in matters there are.
func (s *size) inProcess(ctx context.Context, c *city, p *plan) error {
	self := meter{os.Getpid(), os.Getpid()}
	var mu sync.Mutex
	for _, clients := range []int{1, 8, 32, 64} {
		err := s.measure(ctx, lineReport, clients, self, func(ctx context.Context, _, i int) (bool, error) {
			done, err := c.Office.Perform(ctx, c.Office.ReaderFor("", 0), office.Act{Procedure: procedure, Act: "file_report",
				Fields: report(dice(i), county)})
			mu.Lock()
			p.fresh = append(p.fresh, done.Matter)
			mu.Unlock()
			return true, err
		})
		if err != nil {
			return err
		}
	}
	p.filed, p.fresh = p.fresh[:len(p.fresh)/2], p.fresh[len(p.fresh)/2:]
	if len(p.fresh) == 0 { // reports were not measured
		p.fresh = p.acted
	}
	for _, clients := range []int{1, 8, 64} {
		err := s.measure(ctx, lineNote, clients, self, func(ctx context.Context, _, i int) (bool, error) {
			// A matter's own history must not grow until that is all that is measured.
			return true, s.note(ctx, c, p, i)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *size) note(ctx context.Context, c *city, p *plan, i int) error {
	_, err := c.Office.Perform(ctx, p.reader, office.Act{Matter: p.fresh[i%len(p.fresh)], Act: "note", Fields: map[string][]string{"note": {prose(dice(i), 60)}}})
	return err
}
