package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// S3 is a bucket, or a part of one. A blob comes into being with its PUT, whole
// or not at all; it is sent again even where it is there, which mends it.
type S3 struct {
	Spool string // folder for contents on their way, made when absent; OpenS3 sets the system's folder for such files

	client   *minio.Client
	bucket   string
	prefix   string
	patience time.Duration // for an answer; transfers get a second more for each slowest bytes
}

// slowest is the rate, in bytes a second, below which a transfer is given up.
const slowest = 256 << 10

// sending: one PUT, up to 5 GB by the protocol, takes effect as a whole. Its
// MD5 keeps the transfer whole; a signature of the body besides would make
// empty contents and some stores fail, and reading compares with the name anyway.
var sending = minio.PutObjectOptions{SendContentMd5: true, DisableContentSha256: true, DisableMultipart: true}

// OpenS3 opens s3://HOST[:PORT]/BUCKET[/PREFIX][?tls=off][&region=NAME]. The
// keys are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the file that
// AWS_SHARED_CREDENTIALS_FILE names (default ~/.aws/credentials). The bucket
// must exist; that it can be reached is for Ping to say.
func OpenS3(address string) (*S3, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "s3" || u.Host == "" || u.User != nil {
		return nil, errors.New("the address of blobs in S3 is s3://HOST[:PORT]/BUCKET[/PREFIX][?tls=off][&region=NAME]; keys don't belong into it: they are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
	}
	bucket, prefix, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	if bucket == "" {
		return nil, fmt.Errorf("%s names no bucket", address)
	}
	keys := credentials.NewChainCredentials([]credentials.Provider{&credentials.EnvAWS{}, &credentials.FileAWSCredentials{}})
	client, err := minio.New(u.Host, &minio.Options{Creds: keys, Secure: u.Query().Get("tls") != "off", Region: u.Query().Get("region"), MaxRetries: 4})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", address, err)
	}
	return &S3{client: client, bucket: bucket, prefix: prefix, Spool: os.TempDir(), patience: 30 * time.Second}, nil
}

// within is the time that a transfer gets.
func (s *S3) within(size int64) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), s.patience+time.Duration(size/slowest)*time.Second)
}

func (s *S3) key(sum string) string { return path.Join(s.prefix, sum[:2], sum[2:]) }

// Put implements Store: the content is spooled to disk first, since its name is not known before its end.
func (s *S3) Put(r io.Reader, limit int64) (Info, error) {
	if err := os.MkdirAll(s.Spool, 0o750); err != nil {
		return Info{}, err
	}
	tmp, err := os.CreateTemp(s.Spool, "put-*")
	if err != nil {
		return Info{}, err
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	info, err := pour(tmp, r, limit)
	if err != nil {
		return Info{}, err
	}
	if _, err := tmp.Seek(0, io.SeekStart); err != nil {
		return Info{}, err
	}
	ctx, cancel := s.within(info.Bytes)
	defer cancel()
	_, err = s.client.PutObject(ctx, s.bucket, s.key(info.SHA256), tmp, info.Bytes, sending)
	return info, s.explain(err)
}

// Get implements Store.
func (s *S3) Get(sum string) ([]byte, error) {
	var content bytes.Buffer
	err := s.read(sum, &content)
	return content.Bytes(), err
}

// File implements Store: it is a copy in dir.
func (s *S3) File(sum, dir string) (string, error) {
	if err := valid(sum); err != nil {
		return "", err
	}
	to := filepath.Join(dir, sum)
	f, err := os.Create(to)
	if err != nil {
		return "", err
	}
	err = errors.Join(s.read(sum, f), f.Close())
	if err != nil {
		os.Remove(to)
	}
	return to, err
}

// read copies a blob to w and compares it with its name.
func (s *S3) read(sum string, w io.Writer) error {
	if err := valid(sum); err != nil {
		return err
	}
	ctx, cancel := s.within(0)
	defer cancel()
	about, err := s.client.StatObject(ctx, s.bucket, s.key(sum), minio.StatObjectOptions{})
	if err != nil {
		return s.explain(err)
	}
	ctx, cancel = s.within(about.Size)
	defer cancel()
	object, err := s.client.GetObject(ctx, s.bucket, s.key(sum), minio.GetObjectOptions{})
	if err != nil {
		return s.explain(err)
	}
	defer object.Close()
	h := sha256.New()
	if _, err := io.Copy(io.MultiWriter(w, h), object); err != nil {
		return s.explain(err)
	}
	return prove(h, sum)
}

// Stat implements Store.
func (s *S3) Stat(sum string) (Info, error) {
	if err := valid(sum); err != nil {
		return Info{}, err
	}
	ctx, cancel := s.within(0)
	defer cancel()
	about, err := s.client.StatObject(ctx, s.bucket, s.key(sum), minio.StatObjectOptions{})
	if err != nil {
		return Info{}, s.explain(err)
	}
	return Info{SHA256: sum, Bytes: about.Size, Changed: about.LastModified}, nil
}

// Delete implements Store.
func (s *S3) Delete(sum string) error {
	if err := valid(sum); err != nil {
		return err
	}
	ctx, cancel := s.within(0)
	defer cancel()
	err := s.explain(s.client.RemoveObject(ctx, s.bucket, s.key(sum), minio.RemoveObjectOptions{}))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Walk implements Store.
func (s *S3) Walk(visit func(Info) error) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	prefix := s.prefix
	if prefix != "" {
		prefix += "/"
	}
	for object := range s.client.ListObjects(ctx, s.bucket, minio.ListObjectsOptions{Prefix: prefix, Recursive: true}) {
		if object.Err != nil {
			return s.explain(object.Err)
		}
		sum := strings.ReplaceAll(strings.TrimPrefix(object.Key, prefix), "/", "")
		if valid(sum) != nil {
			continue
		}
		if err := visit(Info{SHA256: sum, Bytes: object.Size, Changed: object.LastModified}); err != nil {
			return err
		}
	}
	return nil
}

// Ping implements Store: it writes and removes an object.
func (s *S3) Ping() error {
	ctx, cancel := s.within(0)
	defer cancel()
	host, _ := os.Hostname() // only so that two machines don't remove each other's
	key := path.Join(s.prefix, "ping-"+host)
	if _, err := s.client.PutObject(ctx, s.bucket, key, strings.NewReader("ping"), 4, sending); err != nil {
		return s.explain(err)
	}
	return s.explain(s.client.RemoveObject(ctx, s.bucket, key, minio.RemoveObjectOptions{}))
}

// explain gives the store's errors their meaning.
func (s *S3) explain(err error) error {
	if err == nil {
		return nil
	}
	switch answer := minio.ToErrorResponse(err); answer.Code {
	case minio.NoSuchKey:
		return fmt.Errorf("%s has no object %s: %w", s.bucket, answer.Key, fs.ErrNotExist)
	case minio.NoSuchBucket:
		return fmt.Errorf("the bucket %s does not exist: make it before hequan is started: %w: %w", s.bucket, ErrUnavailable, err)
	case minio.AccessDenied, "InvalidAccessKeyId", "SignatureDoesNotMatch":
		return fmt.Errorf("the store %s refuses the keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: %w: %w", s.client.EndpointURL().Host, ErrUnavailable, err)
	}
	return fmt.Errorf("%w: %s: %w", ErrUnavailable, s.client.EndpointURL().Host, err)
}
