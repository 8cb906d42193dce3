package ledger

import (
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// tileHeight is fixed by C2SP tlog-tiles: a tile holds up to 256 hashes.
const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
)

// ErrBroken: what is stored of the log does not fit together. Nothing more is appended to such a log.
var ErrBroken = errors.New("ledger: the stored log does not fit together")

// spot is where a tile stands in the tree.
type spot struct {
	level int
	n     int64
}

// tree is the log's Merkle tree while it is read or grows. Tiles are fetched when first needed.
type tree struct {
	size    int64
	tiles   map[spot][]byte
	changed map[spot]bool
	fetch   func(spot) ([]byte, error) // nil: there are no tiles but those grown here
}

func newTree(size int64, fetch func(spot) ([]byte, error)) *tree {
	return &tree{size: size, tiles: map[spot][]byte{}, changed: map[spot]bool{}, fetch: fetch}
}

// tile gives the bytes of a tile as far as the tree has filled it.
func (t *tree) tile(at spot) ([]byte, error) {
	if data, known := t.tiles[at]; known {
		return data, nil
	}
	var data []byte
	if width := t.width(at); width > 0 && t.fetch != nil {
		var err error
		if data, err = t.fetch(at); err != nil {
			return nil, err
		}
		if len(data) < width*tlog.HashSize {
			return nil, fmt.Errorf("%w: tile %d/%d has %d bytes, want %d", ErrBroken, at.level, at.n, len(data), width*tlog.HashSize)
		}
		data = data[:width*tlog.HashSize]
	}
	t.tiles[at] = data
	return data, nil
}

// width is how many hashes of a tile a tree of this size fills.
func (t *tree) width(at spot) int {
	filled := t.size >> (tileHeight * at.level) // complete subtrees at the level's height
	return int(min(max(filled-at.n*tileWidth, 0), tileWidth))
}

// ReadHashes implements tlog.HashReader.
func (t *tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		tile := tlog.TileForIndex(tileHeight, index)
		data, err := t.tile(spot{tile.L, tile.N})
		if err != nil {
			return nil, err
		}
		if out[i], err = tlog.HashFromTile(tile, data, index); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrBroken, err)
		}
	}
	return out, nil
}

// add appends one leaf.
func (t *tree) add(leaf []byte) error {
	hashes, err := tlog.StoredHashes(t.size, leaf, t)
	if err != nil {
		return err
	}
	// Of the hashes that this leaf completes, those at the heights 0, 8, 16 … stand in tiles; the others follow from them.
	for level := 0; level*tileHeight < len(hashes); level++ {
		at := spot{level, t.size >> (tileHeight * level) / tileWidth}
		data, err := t.tile(at)
		if err != nil {
			return err
		}
		t.tiles[at], t.changed[at] = append(data, hashes[level*tileHeight][:]...), true
	}
	t.size++
	return nil
}

// root is the hash of the whole tree.
func (t *tree) root() (tlog.Hash, error) { return tlog.TreeHash(t.size, t) }
