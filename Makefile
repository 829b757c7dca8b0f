# make, make check, make lint, make asan, make fuzz, make bench, make demo,
# make install; see README.md. GNU make.
VERSION	= 0.1.0
PREFIX	= /usr/local
BINDIR	= $(PREFIX)/bin
MANDIR	= $(PREFIX)/share/man
DATADIR	= $(PREFIX)/share
FUZZ_S	= 20
# where everything is made; a second one beside it, such as build/asan, is
# another build of the same tree
B	= build

CC	= gcc
CFLAGS	= -O2 -g
WARN	= -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	  -Wwrite-strings -Wpointer-arith -Wvla -Wformat=2
# -ffp-contract=off: a sum is the same sum on every machine
CSTD	= -std=c11 -D_GNU_SOURCE -D_FORTIFY_SOURCE=2 -ffp-contract=off \
	  -fno-math-errno -fstack-protector-strong
CPP_ALL	:= -Ilib -DKPIPE_VERSION='"$(VERSION)"' \
	  $(shell pkg-config --cflags libpq)
ifneq ($(WERROR)$(CI),)
WARN	+= -Werror
endif
ifneq ($(findstring fsanitize,$(CFLAGS)),)
CSTD	:= $(filter-out -D_FORTIFY_SOURCE=2,$(CSTD))
# gcc loses track of lengths under the sanitizers
WARN	+= -Wno-format-truncation
endif
# per-module flags may add to CFLAGS_<path without .c>
compile	= $(CC) $(CSTD) $(CPP_ALL) $(WARN) $(CFLAGS) -MMD -MP -c -o $@ $<

# Each tool gets only the libraries it uses (--as-needed).
LIBS	= $(shell pkg-config --libs libcurl jansson xlsxwriter minizip expat \
	  libmicrohttpd zlib libcrypto libutf8proc uchardet sqlite3 libpq \
	  libgit2) -lcsv -lm -lpthread
LDFLAGS	= -Wl,--as-needed -Wl,-z,relro

TOOLS	= $(patsubst cmd/%.c,%,$(wildcard cmd/*.c))
BINS	= $(TOOLS:%=$(B)/bin/%)
SCRIPTS	= $(shell sed -n 's/^\([a-z-]*\)$$/\1/p' scripts/installed)
SCRIPT_LIB = $(patsubst scripts/%,$(B)/share/kpipe/%,$(wildcard scripts/*.bash))
BASE_O	= $(patsubst %.c,$(B)/%.o,$(wildcard lib/base/*.c))
# the layers link in this order: domains, records, base
DOMAIN_O = $(patsubst %.c,$(B)/%.o,$(filter-out $(wildcard lib/base/*.c \
	  lib/record/*.c),$(wildcard lib/*/*.c)))
RECORD_O = $(patsubst %.c,$(B)/%.o,$(wildcard lib/record/*.c))
ARCHIVES = $(B)/libdomain.a $(B)/librecord.a $(B)/libbase.a
UNIT	= $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard tests/unit/test_*.c))
FUZZERS	= $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(wildcard tests/fuzz/*.c))

all: $(BINS) $(SCRIPTS:%=$(B)/bin/%)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(compile)

# a page's style sheet and scripts are in the program
$(B)/lib/html/page.o: lib/html/page.css lib/html/page.js
$(B)/lib/page/coach.o: lib/page/coach.js

$(B)/libdomain.a: $(DOMAIN_O)
$(B)/librecord.a: $(RECORD_O)
$(B)/libbase.a: $(BASE_O)
$(ARCHIVES):
	@mkdir -p $(@D)
	@rm -f $@
	ar rcs $@ $^

$(B)/bin/%: $(B)/cmd/%.o $(ARCHIVES)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(ARCHIVES) $(LIBS)

# a pipeline script is installed as it stands
$(SCRIPTS:%=$(B)/bin/%): $(B)/bin/%: scripts/% $(SCRIPT_LIB)
	@mkdir -p $(@D)
	install -m 755 $< $@

$(SCRIPT_LIB): $(B)/share/kpipe/%: scripts/%
	@mkdir -p $(@D)
	install -m 644 $< $@

$(B)/unit/%: tests/unit/%.c $(ARCHIVES)
	@mkdir -p $(@D)
	$(CC) $(CSTD) $(CPP_ALL) $(WARN) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ \
	    $< $(ARCHIVES) $(LIBS) -lcmocka

check: all $(UNIT)
	B=$(abspath $(B)) scripts/run-tests $(T)

asan:
	$(MAKE) B=build/asan CFLAGS='-O1 -g -fno-omit-frame-pointer \
	    -fsanitize=address,undefined,float-cast-overflow \
	    -fno-sanitize-recover=all' check

lint: all
	B=$(abspath $(B)) scripts/lint

golden: all
	B=$(abspath $(B)) scripts/golden $(if $(TAKE),--take)

demo: all
	B=$(abspath $(B)) scripts/demo-run

# the reader alone, the data, and the clock
BENCHES	= $(patsubst tests/bench/%.c,$(B)/bench/%,$(filter-out \
	  tests/bench/duck.c,$(wildcard tests/bench/*.c)))

$(B)/bench/%: tests/bench/%.c $(ARCHIVES)
	@mkdir -p $(@D)
	$(CC) $(CSTD) $(CPP_ALL) $(WARN) $(CFLAGS) $(LDFLAGS) -o $@ $< \
	    $(ARCHIVES) $(LIBS)

bench: all $(BENCHES)
	B=$(abspath $(B)) scripts/bench

# libFuzzer: another build of the library, by clang, with coverage
$(B)/fuzz/%: tests/fuzz/%.c $(ARCHIVES)
	@mkdir -p $(@D)
	$(CC) $(CSTD) $(CPP_ALL) $(CFLAGS) -fsanitize=fuzzer -MMD -MP \
	    $(LDFLAGS) -o $@ $< $(ARCHIVES) $(LIBS)

fuzzers: $(FUZZERS)

fuzz:
	$(MAKE) B=build/clang CC=clang WARN= CFLAGS='-O1 -g -UNDEBUG \
	    -fsanitize=fuzzer-no-link,address,undefined \
	    -fno-sanitize-recover=all' fuzzers
	B=$(abspath build/clang) FUZZ_S=$(FUZZ_S) scripts/fuzz

install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(MANDIR)/man1 \
	    $(DESTDIR)$(MANDIR)/man5 $(DESTDIR)$(MANDIR)/man7 \
	    $(DESTDIR)$(DATADIR)/bash-completion/completions
	install -m 755 $(B)/bin/* $(DESTDIR)$(BINDIR)
	install -d $(DESTDIR)$(DATADIR)/kpipe
	install -m 644 $(B)/share/kpipe/* $(DESTDIR)$(DATADIR)/kpipe
	for page in man/*.[157]; do \
	    install -m 644 $$page $(DESTDIR)$(MANDIR)/man$${page##*.} || exit; \
	done
	B=$(abspath $(B)) scripts/completion \
	    $(DESTDIR)$(DATADIR)/bash-completion/completions

clean:
	rm -rf $(B)

.PHONY: all check asan lint golden demo bench fuzzers fuzz install clean
.SECONDARY:
-include $(shell find $(B)/lib $(B)/cmd $(B)/unit $(B)/fuzz -name '*.d' 2>/dev/null)
