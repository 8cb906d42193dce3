package office_test

import (
	"fmt"
	"strings"
	"testing"

	"yifa/internal/matter"
	"yifa/internal/office/officetest"
	"yifa/internal/store"
	"yifa/internal/store/storetest"
)

// unlock takes away what keeps the record append-only, as somebody with the file in his hands would.
const unlock = `drop trigger entry_update; drop trigger entry_delete; drop trigger part_update; drop trigger part_delete;
drop trigger read_log_update; drop trigger read_log_delete; drop trigger ledger_leaf_update; drop trigger ledger_leaf_delete;`

// A difference put into the database by hand. {A} is a matter with nine entries, {B} and {S} others with
// five and more, {C} one with one, {P} that of a post, {N} a named one alone in its shard.
type difference struct{ name, do, want string }

var differences = []difference{
	{"a byte of an entry", "update entry set header = replace(header, 'he-yuning', 'he-yunina') where matter = {A} and seq = 4", "entry {A}/4: its content"},
	{"a space in an entry", "update entry set header = header || ' ' where matter = {A} and seq = 4", "entry {A}/4: its bytes"},
	{"an entry that is no JSON", "update entry set header = substr(header, 2) where matter = {A} and seq = 4", "the entry after {A}/3 cannot be read"},
	{"an entry and its hash", "update entry set header = replace(header, 'he-yuning', 'he-yunina'), hash = zeroblob(32) where matter = {A} and seq = 4", "entry {A}/4: its content"},
	{"a kind that would let parts be deleted", "update entry set kind = 'destroy' where matter = {A} and seq = 4", "entry {A}/4: the columns"},
	{"an actor beside the entry", "update entry set actor = 'du-ruoxi' where matter = {A} and seq = 4", "entry {A}/4: the columns"},
	{"the text of a procedure", "update procedure_text set files = replace(files, 'stages', 'stagez')", "procedure register."},
	{"a short hash", "update entry set hash = x'00' where matter = {A} and seq = 9", "the entry after {A}/8 cannot be read"},
	{"an entry moved", "update entry set seq = 10 where matter = {A} and seq = 9; update entry set matter = matter + 1024 where matter = {A} and seq = 10", "entry {A}/9: the columns"},
	{"the stage", "update matter set stage = 'rated' where id = {A}", "matter {A}: its line in the lists"},
	{"the state", "update matter set state = replace(state, 'answered', 'verified') where id = {A}", "matter {A}: stored state"},
	{"a state that is no JSON", "update matter set state = substr(state, 2) where id = {A}", "state of {A}"},
	{"the handler", "update matter set assignee = 'ou-xiaozhang' where id = {A}", "matter {A}: its line"},
	{"closed", "update matter set closed = true where id = {A}", "matter {A}: its line"},
	{"the due day in the list", "update matter set next_due = next_due + 30 where id = {B}", "matter {B}: its line"},
	{"a due day", "update clock set due_on = due_on + 30 where matter = {B} and name = 'answer'", "matter {B}: its stored clocks"},
	{"a clock stopped", "update clock set status = 'stopped' where matter = {B} and name = 'answer'", "matter {B}: its stored clocks"},
	{"a clock gone", "delete from clock where matter = {B} and name = 'answer'", "matter {B}: its stored clocks"},
	{"a denial gone", "delete from matter_access where matter = {A} and deny", "matter {A}: its stored rights"},
	{"a right added", "insert into matter_access (shard, matter, holder, allows, deny, day_from, day_to, sort_day) values ({A} & 1023, {A}, 'person:du-ruoxi', 'read', false, 0, 2147483647, 0)", "matter {A}: its stored rights"},
	{"a right turned into a denial", "update matter_access set deny = not deny where matter = {A}", "matter {A}: its stored rights"},
	{"a link gone", "delete from link where matter = {S}", "matter {S}: its stored links"},
	{"a post given", "update register_item set attrs = replace(attrs, 'supervision_officer', 'supervision_head') where matter = {P}", "matter {P}: its register items"},
	{"a post ended", "update register_item set day_to = day_from + 1 where matter = {P}", "matter {P}: its register items"},
	{"the last entry gone", "delete from entry where matter = {A} and seq = 9", "head"},
	{"the last entry gone and its projections put back", "delete from entry where matter = {C} and seq = 1; delete from part where matter = {C}; delete from matter where id = {C}", "head"},
	{"a middle entry gone", "delete from entry where matter = {A} and seq = 5", "entry {A}/6: does not follow"},
	{"the first entry gone", "delete from entry where matter = {A} and seq = 1", "entry {A}/2: does not follow"},
	{"a matter gone with all of it", removeAll("{A}"), "shard "},
	{"the newest matter of its shard gone with all of it", removeAll("{B}"), "shard "},
	{"the projections of a matter gone", "delete from matter where id = {B}; delete from clock where matter = {B}; delete from matter_access where matter = {B}", "matter {B}: has a record but no projection"},
	{"a matter without record", "insert into matter select shard, id + 1024, procedure, version, stage, rev, holder, opened_day, sort_day, number, closed, confidential, category, organ, assignee, next_due, state, news_day from matter where id = {B}", "has no record"},
	{"two entries swapped", "update entry set seq = 100 where matter = {A} and seq = 4; update entry set seq = 4 where matter = {A} and seq = 5; update entry set seq = 5 where matter = {A} and seq = 100", "entry {A}/5: does not follow"},
	{"a number a matter is found by", "update personal set blind = 'x' where matter = {S}", "matter {S}: the numbers"},
	{"who read", "update read_log set person = 'du-ruoxi' where matter = {S}", "the columns beside the line"},
	{"a part under a retired key", "update vault_key set state = 'retired'", "by the retired key"},
	{"the bytes of a part", "update part set ciphertext = zeroblob(length(ciphertext)) where matter = {A} and seq = 1 and class = 'staff'", "part {A}/1/staff/: its sealed bytes"},
	{"a part and its hash", "update part set ciphertext = (select ciphertext from part where matter = {B} and seq = 1 and class = 'staff'), cipher_hash = (select cipher_hash from part where matter = {B} and seq = 1 and class = 'staff') where matter = {A} and seq = 1 and class = 'staff'", "part {A}/1/staff/: its sealed bytes"},
	{"a commitment", "update part set commitment = zeroblob(32) where matter = {A} and seq = 1 and class = 'staff'", "part {A}/1/staff/: its commitment"},
	{"the key of a part", "update part set wrapped = zeroblob(length(wrapped)) where matter = {A} and seq = 1 and class = 'staff'", "part {A}/1/staff/: "},
	{"a part gone", "delete from part where matter = {A} and seq = 3 and class = 'public'", "part {A}/3/public/: is missing"},
	{"a part more", "insert into part select shard, matter, 4, class, party, key_id, wrapped, ciphertext, commitment, cipher_hash from part where matter = {A} and seq = 3 and class = 'public'", "part {A}/4/public/: no entry names it"},
	{"a forged signature", "update head set signature = zeroblob(length(signature)) where shard = {A} & 1023", ": head: "},
	{"a head counted down", "update head set count = count - 1 where shard = {A} & 1023", "head counts"},
	{"a head of other entries", "update head set last = zeroblob(32) where shard = {A} & 1023", "does not lead to its head"},
	{"a head gone", "delete from head where shard = {A} & 1023", "head counts 0"},
	{"a line of the read log", "update read_log set line = replace(line, 'he-yuning', 'he-yunina') where matter = {S} and seq = 2", "read log"},
	{"a line of the read log gone", "delete from read_log where matter = {S} and seq = 1", "read log"},
	{"a counter set back", "update counter set last = last - 1", "counter "},
	{"a counter gone", "delete from counter", ": is missing"},
	{"a counter nobody drew from", "insert into counter (series, organ, year, last) values ('x', 'o', 2026, 1)", "counter x/o/2026: stands at 1, the record drew 0"},
	{"a right hidden among the closed", "update matter_access set closed = not closed where matter = {B}", "matter {B}: its rights do not stand"},
	{"a right at another place of the list", "update matter_access set sort_day = sort_day + 1 where matter = {B}", "matter {B}: its rights do not stand"},
	{"a matter gone with all of its shard", removeAll("{N}") + "; delete from head where shard = {N} & 1023", "entry {N}/1 is missing from the record"},
	{"an entry gone from the log", "delete from ledger_leaf where matter = {S} and seq = 3", "entry {S}/3: is missing from the log"},
	{"two entries swapped in the log", "update ledger_leaf set seq = 14 where matter = {S} and seq = 3; update ledger_leaf set seq = 3 where matter = {S} and seq = 4; update ledger_leaf set seq = 4 where matter = {S} and seq = 14", ": what was logged is not what entry {S}/3 says"},
	{"two places of the log swapped", "update ledger_leaf set place = 1000000 where place = 3; update ledger_leaf set place = 3 where place = 5; update ledger_leaf set place = 5 where place = 1000000", "log: its leaves do not lead to the checkpoint"},
	{"a leaf of the log", "update ledger_leaf set leaf = zeroblob(32) where matter = {S} and seq = 3", ": what was logged is not what entry {S}/3 says"},
	{"a short leaf", "update ledger_leaf set leaf = x'00' where matter = {S} and seq = 3", "log: a leaf of shard "},
	{"the tail of the log", "delete from ledger_leaf where place >= (select size - 1 from ledger_state)", "is missing from the log"},
	{"the tail of the log, to be logged again", "insert into ledger_wait select 0, shard, matter, seq from ledger_leaf where place >= (select size - 1 from ledger_state); delete from ledger_leaf where place >= (select size - 1 from ledger_state)", "log: it holds "},
	{"an entry the log holds waits for it", "insert into ledger_wait values (0, {S} & 1023, {S}, 3)", "entry {S}/3: waits for the log, which holds it"},
	{"an entry that is none waits for the log", "insert into ledger_wait values (0, {A} & 1023, {A}, 44)", "entry {A}/44: waits for the log and is not in the record"},
	{"a tile", "update ledger_tile set data = zeroblob(length(data)) where level = 0 and n = 0", "log: tile 0/0 is not"},
	{"a tile gone", "delete from ledger_tile where level = 1", "log: 1 tiles are missing"},
	{"a tile more", "insert into ledger_tile values (0, 99, zeroblob(32))", "log: tile 0/99 is not"},
	{"the end of the log", "update ledger_state set size = size - 1", "log: it holds "},
	{"the name of the log", "update ledger_state set origin = 'x'", "log: its checkpoint: "},
	{"a forged checkpoint", "update ledger_state set checkpoint = replace(checkpoint, char(10) || size || char(10), char(10) || (size + 1) || char(10))", "log: its checkpoint: "},
	{"a short head", "update head set last = x'00' where shard = {A} & 1023", "the heads cannot be read"},
}

func removeAll(id string) string {
	return strings.ReplaceAll(`delete from entry where matter = X; delete from part where matter = X; delete from matter where id = X; delete from clock where matter = X;
delete from matter_access where matter = X; delete from link where matter = X; delete from job where matter = X; delete from answer where matter = X; delete from receipt_code where matter = X`, "X", id)
}

// Each difference is found, and the place of the first one is named.
func TestVerify(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	ids := matters(t, c)
	if n, err := c.Office.Ledger().Step(t.Context()); err != nil || n == 0 {
		t.Fatal(n, err)
	}
	raw := storetest.Raw(t, store.SQLite, c.Address())
	if _, err := raw.Exec(fmt.Sprintf("vacuum into '%s/whole.db'; %s", c.Dir, unlock)); err != nil {
		t.Fatal(err)
	}
	heal := fmt.Sprintf("attach '%s/whole.db' as whole;", c.Dir)
	for _, table := range []string{"vault_key", "personal", "entry", "part", "matter", "clock", "matter_access", "link", "register_item", "head", "read_log", "procedure_text", "counter", "ledger_wait", "ledger_leaf", "ledger_tile", "ledger_state"} {
		heal += fmt.Sprintf("delete from main.%s; insert into main.%[1]s select * from whole.%[1]s;", table)
	}
	for _, d := range differences {
		t.Run(d.name, func(t *testing.T) {
			do, want := d.do, d.want
			for name, id := range ids {
				do = strings.ReplaceAll(do, "{"+name+"}", fmt.Sprint(uint64(id)))
				want = strings.ReplaceAll(want, "{"+name+"}", id.String())
			}
			res, err := raw.Exec(do)
			if err != nil {
				t.Fatal(err)
			}
			if n, err := res.RowsAffected(); n == 0 || err != nil {
				t.Errorf("%s: nothing was planted: %v", do, err)
			}
			v, err := c.Office.Verify(t.Context())
			if err != nil {
				t.Error(err)
			}
			if len(v.Differences) == 0 || !strings.Contains(v.Differences[0], want) {
				t.Errorf("want %q first, got %q", want, v.Differences)
			}
			if _, err := raw.Exec(heal + "detach whole;"); err != nil {
				t.Fatal(err)
			}
		})
	}
	if v := c.Sound(); v.Matters < 300 || v.Entries < v.Matters || v.Parts < 20 || v.Heads < 2 || v.Logged+v.Waiting != v.Entries || v.Waiting == 0 {
		t.Errorf("%+v", v)
	}
}

// matters makes the matters that differences speak of, by their names.
func matters(t *testing.T, c *officetest.City) map[string]matter.ID {
	t.Helper()
	ids := map[string]matter.ID{}
	ids["A"], _ = c.Answered()
	ids["B"], _ = c.Accepted()
	ids["C"] = c.File(officetest.Report()).ID
	fields := officetest.Report()
	fields["identity"], fields["name"], fields["phone"] = []string{"named"}, []string{"陈某"}, []string{"13800000000"}
	ids["S"] = c.File(fields).ID
	officer := c.As(officetest.Officer)
	c.Do(officer, ids["S"], "split", map[string][]string{"split_problem": {"inaction"}, "account": {"另一件事。"}})
	c.Do(officer, ids["S"], "claim", nil)
	c.Do(officer, ids["S"], "ask_identity", map[string][]string{"reason": {"要核对。"}})
	c.Do(c.As(officetest.Head), ids["S"], "open_identity", map[string][]string{"reason": {"同意。"}})
	for range 2 {
		if _, err := c.Office.Identity(t.Context(), officer, ids["S"], "contact"); err != nil {
			t.Fatal(err)
		}
	}
	raw := storetest.Raw(t, store.SQLite, c.Address())
	var post int64
	if err := raw.QueryRow("select matter from register_item where kind = 'post' and name like ?", officetest.Officer+".%").Scan(&post); err != nil {
		t.Fatal(err)
	}
	ids["P"] = matter.ID(post)
	for alone := 0; alone != 1; { // in a shard of its own
		ids["N"] = c.File(fields).ID
		if err := raw.QueryRow("select count from head where shard = ?", ids["N"].Shard()).Scan(&alone); err != nil {
			t.Fatal(err)
		}
	}
	return ids
}
