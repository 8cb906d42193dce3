package main

import (
	"errors"
	"fmt"
	"strings"
	"unsafe"

	"github.com/ebitengine/purego"
)

// Places in the list of functions (PKCS #11 v2.40, 5.2; the list begins with a version).
const (
	fnInitialize, fnFinalize, fnGetSlotList, fnGetTokenInfo        = 0, 1, 4, 6
	fnOpenSession, fnLogin, fnFindInit, fnFind, fnFindFinal        = 12, 18, 26, 27, 28
	fnEncryptInit, fnEncrypt, fnDecryptInit, fnDecrypt, fnGenerate = 29, 30, 33, 34, 58
)

// Numbers of the standard.
const (
	userType                                     = 1
	serialSession, readWrite                     = 4, 2
	classSecretKey, typeAES                      = 4, 0x1F
	mechanismAES, mechanismGCM                   = 0x1080, 0x1087
	attrClass, attrToken, attrPrivate, attrLabel = 0, 1, 2, 3
	attrType, attrSensitive, attrEncrypt         = 0x100, 0x103, 0x104
	attrDecrypt, attrValueLen, attrExtractable   = 0x105, 0x161, 0x162
	rvOK, rvPinIncorrect, rvPinLocked            = 0, 0xA0, 0xA4
)

// Why a token is not used.
var (
	errNoToken = errors.New("no token of that label is there: is it plugged in, and the label right?")
	errNoKey   = errors.New("the token has no key of that label: make one with \"yifa-token make\"")
	errPin     = errors.New("the PIN is wrong; it is not tried again, since the token locks itself after a few")
	errLocked  = errors.New("the token has locked its PIN: only its security officer can unlock it")
	errOpened  = errors.New("the token's key does not open this file: it was sealed by another key, or changed")
)

// Shapes of the standard, as 64-bit Linux lays them out.
type (
	attribute struct {
		kind  uint64
		value unsafe.Pointer
		size  uint64
	}
	mechanism struct {
		kind      uint64
		parameter unsafe.Pointer
		size      uint64
	}
	gcm struct {
		iv               unsafe.Pointer
		ivSize, ivBits   uint64
		aad              unsafe.Pointer
		aadSize, tagBits uint64
	}
)

// session is a token one has signed in to.
type session struct {
	functions *[68]uintptr
	handle    uint64
}

// openSession loads a maker's library, finds a token by its label, and signs in to it once.
func openSession(module, token, pin string) (*session, error) {
	library, err := purego.Dlopen(module, purego.RTLD_NOW|purego.RTLD_LOCAL)
	if err != nil {
		return nil, fmt.Errorf("library %s: %w", module, err)
	}
	list, err := purego.Dlsym(library, "C_GetFunctionList")
	if err != nil {
		return nil, fmt.Errorf("library %s is none of PKCS #11: %w", module, err)
	}
	var at *struct {
		version   [8]byte
		functions [68]uintptr
	}
	if rv, _, _ := purego.SyscallN(list, uintptr(unsafe.Pointer(&at))); rv != rvOK || at == nil {
		return nil, fmt.Errorf("library %s gives no functions (0x%x)", module, rv)
	}
	s := &session{functions: &at.functions}
	if err := s.call(fnInitialize, 0); err != nil {
		return nil, err
	}
	if err := s.signIn(token, pin); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// call calls a function of the library and says what it answered. What its arguments point to must stay where it is until
// then: the directive moves it off the stack.
//
//go:uintptrescapes
func (s *session) call(fn int, args ...uintptr) error {
	switch rv, _, _ := purego.SyscallN(s.functions[fn], args...); rv {
	case rvOK:
		return nil
	case rvPinIncorrect:
		return errPin
	case rvPinLocked:
		return errLocked
	default:
		return fmt.Errorf("the token answered 0x%x to function %d of PKCS #11", rv, fn)
	}
}

// signIn finds the token and opens a session in it.
func (s *session) signIn(label, pin string) error {
	slots := make([]uint64, 64)
	count := uint64(len(slots))
	if err := s.call(fnGetSlotList, 1, uintptr(unsafe.Pointer(&slots[0])), uintptr(unsafe.Pointer(&count))); err != nil {
		return err
	}
	for _, slot := range slots[:count] {
		var info [256]byte // CK_TOKEN_INFO begins with 32 bytes of label
		if err := s.call(fnGetTokenInfo, uintptr(slot), uintptr(unsafe.Pointer(&info[0]))); err != nil || strings.TrimRight(string(info[:32]), " ") != label {
			continue
		}
		if err := s.call(fnOpenSession, uintptr(slot), serialSession|readWrite, 0, 0, uintptr(unsafe.Pointer(&s.handle))); err != nil {
			return err
		}
		raw := []byte(pin + "\x00")
		return s.call(fnLogin, uintptr(s.handle), userType, uintptr(unsafe.Pointer(&raw[0])), uintptr(len(raw)-1))
	}
	return errNoToken
}

// close gives the library back.
func (s *session) close() { _ = s.call(fnFinalize, 0) }

// number and text are values of attributes.
func number(kind, n uint64) attribute { return attribute{kind, unsafe.Pointer(&n), 8} }

func yes(kind uint64, y byte) attribute { return attribute{kind, unsafe.Pointer(&y), 1} }

func text(kind uint64, value string) attribute {
	raw := []byte(value)
	return attribute{kind, unsafe.Pointer(&raw[0]), uint64(len(raw))}
}

// find gives the key of a label.
func (s *session) find(label string) (uint64, error) {
	if label == "" {
		return 0, errNoKey
	}
	want := []attribute{number(attrClass, classSecretKey), text(attrLabel, label)}
	if err := s.call(fnFindInit, uintptr(s.handle), uintptr(unsafe.Pointer(&want[0])), uintptr(len(want))); err != nil {
		return 0, err
	}
	var key, count uint64
	err := s.call(fnFind, uintptr(s.handle), uintptr(unsafe.Pointer(&key)), 1, uintptr(unsafe.Pointer(&count)))
	if err := errors.Join(err, s.call(fnFindFinal, uintptr(s.handle))); err != nil {
		return 0, err
	}
	if count == 0 {
		return 0, errNoKey
	}
	return key, nil
}

// generate makes a key that stays in the token.
func (s *session) generate(label string) error {
	const keySize = 32
	m := mechanism{kind: mechanismAES}
	with := []attribute{number(attrClass, classSecretKey), number(attrType, typeAES), number(attrValueLen, keySize), text(attrLabel, label), yes(attrToken, 1),
		yes(attrPrivate, 1), yes(attrSensitive, 1), yes(attrExtractable, 0), yes(attrEncrypt, 1), yes(attrDecrypt, 1)}
	var key uint64
	return s.call(fnGenerate, uintptr(s.handle), uintptr(unsafe.Pointer(&m)), uintptr(unsafe.Pointer(&with[0])), uintptr(len(with)), uintptr(unsafe.Pointer(&key)))
}

// crypt seals or opens a text by a key in the token: AES-GCM with the label as additional data.
func (s *session) crypt(label string, iv, in []byte, seal bool) ([]byte, error) {
	const tag = 16
	key, err := s.find(label)
	if err != nil {
		return nil, err
	}
	if len(in) == 0 {
		return nil, errors.New("there is nothing to seal or open")
	}
	aad := []byte(label)
	p := gcm{unsafe.Pointer(&iv[0]), uint64(len(iv)), uint64(len(iv)) * 8, unsafe.Pointer(&aad[0]), uint64(len(aad)), tag * 8}
	m := mechanism{mechanismGCM, unsafe.Pointer(&p), uint64(unsafe.Sizeof(p))}
	begin, do := fnDecryptInit, fnDecrypt
	if seal {
		begin, do = fnEncryptInit, fnEncrypt
	}
	if err := s.call(begin, uintptr(s.handle), uintptr(unsafe.Pointer(&m)), uintptr(key)); err != nil {
		return nil, err
	}
	out := make([]byte, len(in)+2*tag)
	size := uint64(len(out))
	if err := s.call(do, uintptr(s.handle), uintptr(unsafe.Pointer(&in[0])), uintptr(len(in)), uintptr(unsafe.Pointer(&out[0])), uintptr(unsafe.Pointer(&size))); err != nil {
		if !seal {
			err = fmt.Errorf("%w (%w)", errOpened, err)
		}
		return nil, err
	}
	return out[:size], nil
}
