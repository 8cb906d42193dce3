package evidence

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// S3 keeps blobs in a bucket of an object store that speaks S3. What is stored there is encrypted under keys that the record
// alone holds: whoever keeps the store can read nothing of it. Its times are the store's own, to the second.
type S3 struct {
	client         *minio.Client
	bucket, prefix string
	local          *Dir // files are put together and hashed here, encrypted, before they go
}

// S3Options says where a bucket is.
type S3Options struct {
	Address   string // s3://BUCKET/PREFIX?endpoint=https://HOST:PORT&region=REGION
	AccessKey string
	SecretKey string
	Local     string         // folder of this machine for files not yet whole
	Trust     *x509.CertPool // nil: whom this machine trusts
}

const (
	s3Part   = 16 << 20 // bytes of one part of a large object: what is held in memory of it
	s3Window = 1 << 20  // bytes fetched at once where a blob is read from the middle
	s3Wait   = time.Minute
)

// OpenS3 opens a bucket. It refuses one that cannot be reached.
func OpenS3(ctx context.Context, o S3Options) (*S3, error) {
	u, err := url.Parse(o.Address)
	if err != nil || u.Scheme != "s3" || u.Host == "" {
		return nil, fmt.Errorf("evidence: %q is not s3://BUCKET/PREFIX?endpoint=https://HOST", o.Address)
	}
	end, err := url.Parse(u.Query().Get("endpoint"))
	if err != nil || end.Host == "" || end.Scheme != "https" && end.Scheme != "http" {
		return nil, fmt.Errorf("evidence: %s names no endpoint such as https://HOST:PORT", u.Redacted())
	}
	way, err := minio.DefaultTransport(end.Scheme == "https")
	if err != nil {
		return nil, fmt.Errorf("evidence: open %s: %w", u.Host, err)
	}
	if o.Trust != nil {
		way.TLSClientConfig.RootCAs = o.Trust
	}
	client, err := minio.New(end.Host, &minio.Options{Creds: credentials.NewStaticV4(o.AccessKey, o.SecretKey, ""),
		Secure: end.Scheme == "https", Region: u.Query().Get("region"), Transport: way})
	if err != nil {
		return nil, fmt.Errorf("evidence: open %s: %w", u.Host, err)
	}
	local, err := OpenDir(o.Local)
	if err != nil {
		return nil, err
	}
	s := &S3{client: client, bucket: u.Host, prefix: strings.Trim(u.Path, "/"), local: local}
	ctx, cancel := context.WithTimeout(ctx, s3Wait)
	defer cancel()
	if there, err := client.BucketExists(ctx, s.bucket); err != nil || !there {
		return nil, fmt.Errorf("evidence: bucket %s at %s is not there: %w", s.bucket, end.Host, errors.Join(err, ErrNoBlob))
	}
	return s, nil
}

func (s *S3) name(address string) string {
	return strings.TrimPrefix(s.prefix+"/"+address[:2]+"/"+address, "/")
}

// Put is Store.Put.
func (s *S3) Put(ctx context.Context, r io.Reader, limit int64) (Blob, error) {
	return putInto(ctx, s, r, limit)
}

func (s *S3) spool() string { return s.local.spool() }

func (s *S3) keep(ctx context.Context, tmp, address string) error {
	f, err := os.Open(tmp)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // read only: nothing can be lost
	info, err := f.Stat()
	if err != nil {
		return err
	}
	_, err = s.client.PutObject(ctx, s.bucket, s.name(address), f, info.Size(), minio.PutObjectOptions{ContentType: "application/octet-stream", PartSize: s3Part, NumThreads: 1, SendContentMd5: true, DisableContentSha256: true})
	return err
}

// fault tells that a blob is not there from a fault of the store.
func (s *S3) fault(what, address string, err error) error {
	if code := minio.ToErrorResponse(err).Code; code == minio.NoSuchKey {
		return fmt.Errorf("evidence: %w: %s", ErrNoBlob, address)
	}
	return fmt.Errorf("evidence: %s %s: %w", what, address, err)
}

func (s *S3) stat(ctx context.Context, address string) (minio.ObjectInfo, error) {
	if !isAddress(address) {
		return minio.ObjectInfo{}, fmt.Errorf("evidence: %w: %q is no address", ErrNoBlob, address)
	}
	info, err := s.client.StatObject(ctx, s.bucket, s.name(address), minio.StatObjectOptions{})
	if err != nil {
		return info, s.fault("look for", address, err)
	}
	return info, nil
}

func (s *S3) has(ctx context.Context, address string, size int64) (bool, error) {
	info, err := s.stat(ctx, address)
	if errors.Is(err, ErrNoBlob) {
		return false, nil
	}
	return err == nil && info.Size == size, err
}

func (s *S3) stored(ctx context.Context, address string) (io.ReadCloser, int64, error) {
	info, err := s.stat(ctx, address)
	if err != nil {
		return nil, 0, err
	}
	body, err := s.client.GetObject(ctx, s.bucket, s.name(address), minio.GetObjectOptions{})
	if err != nil {
		return nil, 0, s.fault("read", address, err)
	}
	return body, info.Size, nil
}

// Open is Store.Open.
func (s *S3) Open(address string, key []byte) (*Reader, error) {
	ctx, cancel := context.WithCancel(context.Background()) // ends with Close: a film is watched for long
	info, err := s.stat(ctx, address)
	if err != nil {
		cancel()
		return nil, err
	}
	return reader(&s3File{s: s, ctx: ctx, cancel: cancel, address: address, size: info.Size}, info.Size, address, key)
}

// s3File reads an object at any place, a window at a time. It is used by one reader.
type s3File struct {
	s       *S3
	ctx     context.Context //nolint:containedctx // of an open file
	cancel  context.CancelFunc
	address string
	size    int64
	window  []byte
	at      int64
}

func (f *s3File) ReadAt(p []byte, off int64) (int, error) {
	done := 0
	for done < len(p) {
		at := off + int64(done)
		if at >= f.size {
			return done, io.EOF
		}
		if in := at - f.at; f.window == nil || in < 0 || in >= int64(len(f.window)) {
			if err := f.fetch(at - at%s3Window); err != nil {
				return done, err
			}
		}
		done += copy(p[done:], f.window[at-f.at:])
	}
	return done, nil
}

func (f *s3File) fetch(at int64) error {
	o := minio.GetObjectOptions{}
	if err := o.SetRange(at, min(at+s3Window, f.size)-1); err != nil {
		return err
	}
	body, err := f.s.client.GetObject(f.ctx, f.s.bucket, f.s.name(f.address), o)
	if err != nil {
		return f.s.fault("read", f.address, err)
	}
	defer func() { _ = body.Close() }() // read only: nothing can be lost
	window, err := io.ReadAll(body)
	if err != nil {
		return f.s.fault("read", f.address, err)
	}
	if len(window) == 0 {
		return io.ErrUnexpectedEOF
	}
	f.window, f.at = window, at
	return nil
}

func (f *s3File) Close() error {
	f.cancel()
	return nil
}

// Check is Store.Check.
func (s *S3) Check(ctx context.Context, address string) error { return check(ctx, s, address) }

// Remove is Store.Remove.
func (s *S3) Remove(address string) error {
	if !isAddress(address) {
		return fmt.Errorf("evidence: %w: %q is no address", ErrNoBlob, address)
	}
	ctx, cancel := context.WithTimeout(context.Background(), s3Wait)
	defer cancel()
	if err := s.client.RemoveObject(ctx, s.bucket, s.name(address), minio.RemoveObjectOptions{}); err != nil {
		if err = s.fault("remove", address, err); !errors.Is(err, ErrNoBlob) {
			return err
		}
	}
	return nil
}

// Addresses is Store.Addresses.
func (s *S3) Addresses() ([]string, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var list []string
	for o := range s.client.ListObjects(ctx, s.bucket, minio.ListObjectsOptions{Prefix: s.prefix, Recursive: true}) {
		if o.Err != nil {
			return nil, fmt.Errorf("evidence: list: %w", o.Err)
		}
		if name := o.Key[strings.LastIndexByte(o.Key, '/')+1:]; isAddress(name) && o.Key == s.name(name) {
			list = append(list, name)
		}
	}
	return list, nil
}

// RemoveUnfinished is Store.RemoveUnfinished. Parts of objects whose upload broke off are left to a rule of the bucket.
func (s *S3) RemoveUnfinished(age time.Duration) error { return s.local.RemoveUnfinished(age) }

// Free is Store.Free.
func (s *S3) Free() (int64, error) { return s.local.Free() }
