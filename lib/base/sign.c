#include "base/sign.h"

#include <limits.h>

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "base/xalloc.h"

#define KEY_BITS 2048

/* Without it OpenSSL would ask the terminal. */
static int
no_pass_phrase(char *room, int size, int writing, void *arg)
{
	(void)room;
	(void)size;
	(void)writing;
	(void)arg;
	return -1;
}

static BIO *
open_pem(struct text pem)
{
	BIO *bio;

	if (pem.len > INT_MAX)
		return NULL;
	bio = BIO_new_mem_buf(pem.len == 0 ? "" : pem.p, (int)pem.len);
	if (bio == NULL)
		xalloc_fail();
	return bio;
}

static EVP_PKEY *
rsa_only(EVP_PKEY *key)
{
	/* its queue of errors is the thread's, and nobody reads it */
	ERR_clear_error();
	if (key == NULL ||
	    (EVP_PKEY_is_a(key, "RSA") && EVP_PKEY_get_bits(key) >= KEY_BITS))
		return key;
	EVP_PKEY_free(key);
	return NULL;
}

static EVP_PKEY *
read_private(struct text pem)
{
	BIO *bio = open_pem(pem);
	EVP_PKEY *key;

	if (bio == NULL)
		return NULL;
	key = PEM_read_bio_PrivateKey(bio, NULL, no_pass_phrase, NULL);
	BIO_free(bio);
	return rsa_only(key);
}

static EVP_PKEY *
read_public(struct text pem)
{
	BIO *bio = open_pem(pem);
	EVP_PKEY *key;

	if (bio == NULL)
		return NULL;
	key = PEM_read_bio_PUBKEY(bio, NULL, no_pass_phrase, NULL);
	BIO_free(bio);
	return rsa_only(key);
}

static EVP_MD_CTX *
context_new(void)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();

	if (context == NULL)
		xalloc_fail();
	return context;
}

int
rs256_sign(struct text private_pem, struct text t, struct buf *signature,
    struct fault *f)
{
	EVP_PKEY *key = read_private(private_pem);
	EVP_MD_CTX *context;
	size_t len;
	char *room;
	int result = -1;

	if (key == NULL)
		return fault_set(f, FAULT_DATA,
		    "the private key is no RSA key in PEM of at least %d bits "
		    "without a pass phrase",
		    KEY_BITS);
	context = context_new();
	len = (size_t)EVP_PKEY_get_size(key);
	room = buf_room(signature, len);
	if (room == NULL)
		fault_set(f, FAULT_DATA, "no room for a signature");
	else if (EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key) ==
		     1 &&
		 EVP_DigestSign(context, (unsigned char *)room, &len,
		     (const unsigned char *)t.p, t.len) == 1) {
		signature->len += len;
		signature->p[signature->len] = '\0';
		result = 0;
	} else {
		fault_set(f, FAULT_DATA, "the private key does not sign");
	}
	EVP_MD_CTX_free(context);
	EVP_PKEY_free(key);
	ERR_clear_error();
	return result;
}

bool
rs256_verify(struct text public_pem, struct text t, struct text signature)
{
	EVP_PKEY *key = read_public(public_pem);
	EVP_MD_CTX *context;
	bool good;

	if (key == NULL)
		return false;
	context = context_new();
	good =
	    EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
	    EVP_DigestVerify(context, (const unsigned char *)signature.p,
		signature.len, (const unsigned char *)t.p, t.len) == 1;
	EVP_MD_CTX_free(context);
	EVP_PKEY_free(key);
	ERR_clear_error();
	return good;
}

static void
take_pem(struct buf *b, BIO *bio)
{
	char *p;
	long len = BIO_get_mem_data(bio, &p);

	buf_add(b, p, (size_t)len);
}

int
rs256_generate(struct buf *private_pem, struct buf *public_pem, struct fault *f)
{
	EVP_PKEY *key = EVP_RSA_gen(KEY_BITS);
	BIO *secret = BIO_new(BIO_s_secmem()), *open = BIO_new(BIO_s_mem());
	int result = 0;

	if (key != NULL && secret != NULL && open != NULL &&
	    PEM_write_bio_PKCS8PrivateKey(
		secret, key, NULL, NULL, 0, NULL, NULL) == 1 &&
	    PEM_write_bio_PUBKEY(open, key) == 1) {
		take_pem(private_pem, secret);
		take_pem(public_pem, open);
	} else {
		result = fault_set(f, FAULT_IO, "cannot make a key");
	}
	BIO_free(secret);
	BIO_free(open);
	EVP_PKEY_free(key);
	ERR_clear_error();
	return result;
}

void
sign_forget(struct buf *b)
{
	if (b->p != NULL)
		OPENSSL_cleanse(b->p, b->cap);
	b->len = 0;
}
