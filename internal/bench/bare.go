package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"
)

const bareColumns = "id, procedure, stage, number, holder, opened_day, next_due"

// ServeBare serves what a page costs at all on this machine: one handler that reads one row of the same
// database, or 50 in the order of a list, and prints them. It is for measuring only.
func ServeBare(ctx context.Context, dir, database string, ready func(url string)) error {
	s := &size{Options: Options{Database: database}, dir: dir}
	db, err := s.connect("")
	if err != nil {
		return err
	}
	defer db.Close()
	const conns = 8
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	one, err := db.PrepareContext(ctx, "select "+bareColumns+", state from matter where shard = $1 and id = $2")
	if err != nil {
		return err
	}
	defer one.Close()
	many, err := db.PrepareContext(ctx, "select "+bareColumns+" from matter order by sort_day desc, id desc limit 50")
	if err != nil {
		return err
	}
	defer many.Close()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /one/{id}", func(w http.ResponseWriter, r *http.Request) { bareAnswer(w, r, one, bareMatter) })
	mux.HandleFunc("GET /many", func(w http.ResponseWriter, r *http.Request) { bareAnswer(w, r, many, bareList) })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	ready("http://" + l.Addr().String())
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func bareAnswer(w http.ResponseWriter, r *http.Request, st *sql.Stmt, answer func(http.ResponseWriter, *http.Request, *sql.Stmt) error) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := answer(w, r, st); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func bareMatter(w http.ResponseWriter, r *http.Request, st *sql.Stmt) error {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return err
	}
	var x bareRow
	var state string
	const shardBits = 1<<10 - 1
	if err := st.QueryRowContext(r.Context(), id&shardBits, id).Scan(&x.ID, &x.Procedure, &x.Stage, &x.Number, &x.Holder, &x.Opened, &x.Due, &state); err != nil {
		return err
	}
	return bareOne(x, state).Render(r.Context(), w)
}

func bareList(w http.ResponseWriter, r *http.Request, st *sql.Stmt) error {
	found, err := st.QueryContext(r.Context())
	if err != nil {
		return err
	}
	defer found.Close()
	var list []bareRow
	for found.Next() {
		var x bareRow
		if err := found.Scan(&x.ID, &x.Procedure, &x.Stage, &x.Number, &x.Holder, &x.Opened, &x.Due); err != nil {
			return err
		}
		list = append(list, x)
	}
	if err := found.Err(); err != nil {
		return err
	}
	return bareMany(list).Render(r.Context(), w)
}

// bare measures those pages.
func (s *size) bare(ctx context.Context, p *plan) error {
	args := []string{"bench-bare", "--data", s.dir}
	if s.Database != "" {
		args = append(args, "--database", s.Database)
	}
	k, err := s.start(ctx, "/many", args...)
	if err != nil {
		return err
	}
	defer k.stop()
	for _, clients := range []int{1, 8} {
		err := s.measure(ctx, lineBareOne, clients, k.meter(), func(ctx context.Context, _, i int) (bool, error) {
			return true, k.get(ctx, fmt.Sprintf("/one/%d", uint64(p.open[i%len(p.open)])))
		})
		if err != nil {
			return err
		}
		err = s.measure(ctx, lineBare50, clients, k.meter(), func(ctx context.Context, _, _ int) (bool, error) { return true, k.get(ctx, "/many") })
		if err != nil {
			return err
		}
	}
	return nil
}
