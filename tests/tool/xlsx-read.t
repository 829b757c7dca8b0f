#!/bin/sh
# xlsx-read(1)
. "${0%/*}/../lib.sh"

# a Python with openpyxl, for workbooks that somebody else wrote
python=
for p in python3 /usr/bin/python3; do
	"$p" -c 'import openpyxl' 2>/dev/null && python=$p && break
done
[ -n "$python" ] || skip_all 'no Python with openpyxl'

# workbooks part by part, as no library would write them
cat >make.py <<'!'
import re, struct, sys, zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PKG = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_REL = "http://purl.oclc.org/ooxml/officeDocument/relationships"

def rels(*rel):
    return '<Relationships xmlns="%s">%s</Relationships>' % (PKG, "".join(
        '<Relationship Id="%s" Type="%s/%s" Target="%s"/>' % (i, REL, t, p)
        for i, t, p in rel))

def parts(data, strings="", styles="", workbook=""):
    return {
        "_rels/.rels": rels(("a", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": '<workbook xmlns="%s" xmlns:r="%s">%s<sheets>'
            '<sheet name="S" sheetId="7" r:id="q"/></sheets></workbook>'
            % (MAIN, REL, workbook),
        "xl/_rels/workbook.xml.rels": rels(
            ("q", "worksheet", "worksheets/odd name.xml"),
            ("s", "sharedStrings", "/xl/sharedStrings.xml"),
            ("t", "styles", "./styles.xml")),
        "xl/sharedStrings.xml": '<sst xmlns="%s">%s</sst>' % (MAIN, strings),
        "xl/styles.xml": '<styleSheet xmlns="%s">%s</styleSheet>'
            % (MAIN, styles),
        "xl/worksheets/odd name.xml": '<worksheet xmlns="%s"><sheetData>%s'
            '</sheetData></worksheet>' % (MAIN, data),
    }

def save(name, part, **more):
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as z:
        for p, text in dict(part, **more).items():
            z.writestr(p, text)

SHEET = "xl/worksheets/odd name.xml"
TABLE = ('<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>x</t></is></c></row>'
    '<row r="2"><c r="A2"><v>7</v></c><c r="B2" t="b"><v>1</v></c></row>')
HEAD = ('<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>')

def row(cells):
    return HEAD + '<row r="2">%s</row>' % cells
!

# make NAME: run the Python on standard input, which has the above
make_books() {
	{
		cat make.py
		cat
	} | "$python" - || echo 'Bail out! Python fails'
}

# what openpyxl wrote
"$python" - <<'!'
import datetime, openpyxl
w = openpyxl.Workbook()
s = w.active
s.title = "Bl\u00e4tt & <1>"
s.append(["id", "Coach naam", None, "datum", "tijd", "duur", "ja", "fout"])
s.append([15413220, "Jan \"de\" Vries\n\u2b50", "los", datetime.date(2024, 2, 29),
    datetime.time(13, 5, 7), datetime.timedelta(hours=27, minutes=30), True,
    "#N/A"])
s["A4"] = 1234567.5
s["D4"] = datetime.datetime(2024, 1, 1, 12, 34, 56, 789000)
s["G4"] = False
s["B5"] = ""
h = w.create_sheet("hidden one")
h.sheet_state = "hidden"
h["B2"] = "x"
w.create_sheet("empty")
w.save("theirs.xlsx")
!

run xlsx-read theirs.xlsx
exits 0 'a workbook of openpyxl is read'
same out 'kinds are kept, dates follow the format, empty rows are no records' \
	<<'!'
{"id":15413220,"Coach naam":"Jan \"de\" Vries\n⭐","C":"los","datum":"2024-02-29","tijd":"13:05:07","duur":"27:30:00","ja":true,"fout":"#N/A"}
{"id":1234567.5,"Coach naam":null,"datum":"2024-01-01T12:34:56.789","tijd":null,"duur":null,"ja":false,"fout":null}
!
empty err 'and nothing is said'

# what LibreOffice 7.4 made of such a workbook, with formulas in column I
run xlsx-read "$top/tests/data/libreoffice.xlsx"
exits 0 'a workbook of LibreOffice is read'
same out 'with the values of its formulas' <<'!'
{"id":15413220,"Coach naam":"Jan \"de\" Vries\n⭐","C":"los","datum":"2024-02-29","tijd":"13:05:07","duur":"27:30:00","ja":true,"fout":"#N/A","f":15413221}
{"id":28.7,"Coach naam":"_x0041_","datum":"2024-01-01T12:34:56.789","tijd":null,"duur":null,"ja":false,"fout":null,"f":"ab"}
!

run xlsx-read --type=coach --text --columns='coach_id=id,ja' theirs.xlsx
same out 'columns are chosen and renamed, values are text, a type is given' <<'!'
{"type":"coach","coach_id":"15413220","ja":"true"}
{"type":"coach","coach_id":"1234567.5","ja":"false"}
!

run xlsx-read --sheets theirs.xlsx
same out 'the sheets are listed' <<'!'
{"type":"sheet","name":"Blätt & <1>","position":1,"hidden":false}
{"type":"sheet","name":"hidden one","position":2,"hidden":true}
{"type":"sheet","name":"empty","position":3,"hidden":false}
!
run xlsx-read --sheet='hidden one' theirs.xlsx
exits 0 'a sheet with a header alone is fine'
empty out 'and has no records'
run xlsx-read --sheet=empty theirs.xlsx
exits 0 'an empty sheet is fine'
empty out 'and has no records either'
run xlsx-read --sheet=none theirs.xlsx
exits 2 'a sheet that is not there'
same err 'is named beside those that are' <<'!'
xlsx-read: theirs.xlsx: has no sheet 'none'; it has 'Blätt & <1>', 'hidden one', 'empty'
!
run xlsx-read --columns=id,nothing theirs.xlsx
exits 2 'a column that is not there'
same err 'is named beside those that are' <<'!'
xlsx-read: theirs.xlsx: has no column 'nothing'; it has 'id', 'Coach naam', 'datum', 'tijd', 'duur', 'ja', 'fout'
!
run xlsx-read --header-row=2 --columns='duur=27:30:00' theirs.xlsx
same out 'the header may stand in another row' <<'!'
{"duur":null}
!
run xlsx-read --header-row=3 theirs.xlsx
exits 2 'an empty header row'
has err ': theirs.xlsx: row 3 is empty and no header$' 'is told'
run xlsx-read --type=x --columns=type=id theirs.xlsx
exits 2 'one key for two things is refused'

# standard input
run sh -c 'cat theirs.xlsx | xlsx-read --columns=id'
same out 'a pipe is read' <<'!'
{"id":15413220}
{"id":1234567.5}
!
run xlsx-read --columns=id - <theirs.xlsx
same out 'so is a file as standard input' <<'!'
{"id":15413220}
{"id":1234567.5}
!
mkdir tmp
run sh -c 'cat theirs.xlsx | TMPDIR=tmp xlsx-read --sheets'
exits 0 'the copy of a pipe goes to TMPDIR'
run sh -c 'cat theirs.xlsx | TMPDIR=tmp/no xlsx-read --sheets'
exits 2 'which must be there'
has err "cannot make a temporary file in 'tmp/no': No such" 'and is named'
ls -A tmp >found
empty found 'nothing is left there'
run xlsx-read theirs.xlsx theirs.xlsx
exits 2 'two workbooks are refused'
run sh -c 'xlsx-read theirs.xlsx >/dev/full'
exits 2 'a full disk is not success'

# headers
make_books <<'!'
def t(*names):
    return "".join('<c t="inlineStr"><is><t>%s</t></is></c>' % n if n is not None
        else "<c/>" for n in names)
save("heads.xlsx", parts("<row>%s</row><row>%s</row><row>%s</row>" % (
    t("naam", None, "naam", "type", " ", "2024", "naam"),
    "".join("<c><v>%d</v></c>" % i for i in range(1, 9)),
    "<c><v>1</v></c>")))
save("numbers.xlsx", parts('<row><c><v>15413220.0</v></c><c><v>2024</v></c>'
    '</row><row><c><v>1</v></c><c><v>2</v></c></row>'))
!
run xlsx-read heads.xlsx
same out 'headers that come again are numbered, those that lack are letters' <<'!'
{"naam":1,"B":2,"naam_2":3,"type":4,"E":5,"2024":6,"naam_3":7,"H":8}
{"naam":1,"naam_2":null,"type":null,"2024":null,"naam_3":null}
!
run xlsx-read --type=x heads.xlsx
has out '^\{"type":"x",.*"type_2":4,' "a column does not take the record's type"
run xlsx-read --rename=y=naam,z=gone heads.xlsx
has out '^\{"y":1,"B":2,"y_2":3,' 'a header has another key; one that is not there is no matter'
run xlsx-read --rename=y=naam --columns=naam heads.xlsx
exits 2 'keys are given in one way'
run xlsx-read --columns=x=naam_3 heads.xlsx
has out '^\{"x":7\}$' 'a column is chosen by its key'
run xlsx-read numbers.xlsx
same out 'a number is a header in plain decimal' <<'!'
{"15413220":1,"2024":2}
!

# what the standard allows
make_books <<'!'
save("shared.xlsx", parts(row(
    '<c r="A2" t="s"><v>0</v></c>') +
    '<row><c t="s"><v>1</v></c></row><row><c t="s"><v> 2 </v></c></row>'
    '<row><c t="s"><v>3</v></c></row><row><c t="s"><v>4</v></c></row>',
    strings='<si><t xml:space="preserve"> a </t></si>'
    '<si><r><rPr><b/></rPr><t>ri</t></r><r><t>ch</t></r>'
    '<rPh sb="0" eb="1"><t>PHONETIC</t></rPh><phoneticPr/></si><si/>'
    '<si><t>cr_x000D_lf_x005F_x0041_ _xD83D__xDEAB_ _xD83D_</t></si>'
    '<si><t><![CDATA[<&>]]>&lt;&#233;</t></si>'))
save("sparse.xlsx", parts(
    '<row r="3"><c r="C3" t="inlineStr"><is><t>c</t></is></c></row>'
    '<row r="9"><c><v>1</v></c><c r="C9"><v>3</v></c><c><v>4</v></c></row>'
    '<row/><row><c r="XFD11"><v>5</v></c></row>'))
save("kinds.xlsx", parts(row('<c r="A2" t="str"><f>"a"</f><v>a_x000A_b</v></c>')
    + '<row><c t="e"><v>#DIV/0!</v></c></row>'
    '<row><c t="b"><v>true</v></c></row><row><c t="n"><v>+.50E+03</v></c></row>'
    '<row><c><v>-007.</v></c></row><row><c><v>\n 1.2300 </v></c></row>'
    '<row><c><v>0.10000000000000001</v></c></row>'
    '<row><c t="d"><v>2024-05-06T07:08:09</v></c></row>'
    '<row><c t="str"><f>""</f><v></v></c></row>'
    '<row><c t="inlineStr"><is><r><t>i</t></r><r><t>j</t></r>'
    '<rPh><t>NO</t></rPh></is></c></row>'
    '<row><c><f>1+1</f><v>2</v></c></row>'
    '<row><c t="inlineStr"><is><t/></is></c></row>'))
p = parts(row('<c r="A2"><v>1</v></c>').replace("<", "<x:").replace("<x:/",
    "</x:"))
p[SHEET] = ('<x:worksheet xmlns:x="%s" xmlns:y="urn:other"><x:sheetData>%s'
    '<y:row><y:c><y:v>9</y:v></y:c></y:row></x:sheetData></x:worksheet>'
    % (MAIN, row('<c r="A2"><v>1</v><y:v>8</y:v></c>').replace("<", "<x:")
    .replace("<x:/", "</x:").replace("<x:y:", "<y:").replace("</x:y:", "</y:")))
save("prefix.xlsx", p)
p = {k: v.replace(MAIN, STRICT).replace(REL, STRICT_REL)
    for k, v in parts(TABLE).items()}
save("strict.xlsx", p)
p = parts(TABLE)
save("names.xlsx", {k.upper().replace("/", "\\") if i % 2 else "/" + k: v
    for i, (k, v) in enumerate(p.items())})
p = parts(TABLE)
p["xl/_rels/workbook.xml.rels"] = p["xl/_rels/workbook.xml.rels"].replace(
    "odd name", "odd%20name")
save("percent.xlsx", p)
p = parts(TABLE)
p[SHEET] = ('<?xml version="1.0" encoding="UTF-16"?>' + p[SHEET]).encode(
    "utf-16")
save("utf16.xlsx", p)
with zipfile.ZipFile("stored.xlsx", "w") as z:
    for k, v in parts(TABLE).items():
        z.writestr(k, v)
two = parts(TABLE)
two["xl/workbook.xml"] = two["xl/workbook.xml"].replace("<sheets>",
    '<sheets><sheet name="Chart" sheetId="1" r:id="c"/>'
    '<sheet name="First_x0021_" sheetId="2" r:id="f"/>'
    '<sheet name="Lost" sheetId="3" r:id="zz"/>')
two["xl/_rels/workbook.xml.rels"] = two["xl/_rels/workbook.xml.rels"].replace(
    "</Rel", '<Relationship Id="c" Type="%s/chartsheet" Target="c.xml"/>'
    '<Relationship Id="f" Type="%s/worksheet" Target="worksheets/sheet9.xml"/>'
    '<Relationship Id="x" TargetMode="External" Type="%s/worksheet" '
    'Target="http://localhost/"/></Rel' % (REL, REL, REL))
two["xl/worksheets/sheet9.xml"] = two[SHEET].replace("id", "nine")
save("two.xlsx", two)
!
run xlsx-read shared.xlsx
same out 'shared strings: blanks, runs, no phonetics, escapes, sections' <<'!'
{"a":" a "}
{"a":"rich"}
{"a":""}
{"a":"cr\rlf_x0041_ 🚫 �"}
{"a":"<&><é"}
!
run xlsx-read sparse.xlsx
same out 'rows and cells may be missing, and say where they are or not' <<'!'
{"A":1,"c":3,"D":4}
{"c":null,"XFD":5}
!
run xlsx-read kinds.xlsx
same out 'every kind of cell; numbers to the digit, in the form of JSON' <<'!'
{"a":"a\nb"}
{"a":"#DIV/0!"}
{"a":true}
{"a":0.50E+03}
{"a":-7}
{"a":1.2300}
{"a":0.10000000000000001}
{"a":"2024-05-06T07:08:09"}
{"a":""}
{"a":"ij"}
{"a":2}
{"a":""}
!
run xlsx-read --text kinds.xlsx
has out '^\{"a":"500"\}$' 'as text a number is in plain decimal'
has out '^\{"a":"0.1"\}$' 'and what a person typed'
run xlsx-read prefix.xlsx
same out 'elements may have a prefix, others are passed over' <<'!'
{"a":1}
!
for book in strict names percent utf16 stored; do
	run xlsx-read $book.xlsx
	same out "$book: the same table" <<'!'
{"id":7,"x":true}
!
done
run xlsx-read --sheets two.xlsx
same out 'charts are no sheets, and the order is that of the tabs' <<'!'
{"type":"sheet","name":"First!","position":1,"hidden":false}
{"type":"sheet","name":"S","position":2,"hidden":false}
!
run xlsx-read two.xlsx
same out 'the part is the one that the relation names' <<'!'
{"nine":7,"x":true}
!

# dates
make_books <<'!'
codes = ["General", "dd-mm-yyyy", "[h]:mm", "h:mm", 'yyyy"y" hh:mm',
    '[Red]0.00', '"d" 0', "[$-409]mmm d;@"]
styles = ('<numFmts>%s</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs>%s<xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="46"/>'
    '<xf numFmtId="9"/></cellXfs>'
    '<dxfs><dxf><numFmt numFmtId="170" formatCode="0"/></dxf></dxfs>' % (
    "".join('<numFmt numFmtId="%d" formatCode="%s"/>' % (170 + i,
        c.replace('"', "&quot;")) for i, c in enumerate(codes)),
    "".join('<xf numFmtId="%d"/>' % (170 + i) for i in range(len(codes)))))
def book(name, **more):
    cells = lambda v: "".join('<c s="%d"><v>%s</v></c>' % (i, v)
        for i in range(len(codes) + 4))
    save(name, parts("<row>%s</row>" % "".join(
        '<c t="inlineStr"><is><t>%d</t></is></c>' % i
        for i in range(len(codes) + 4)) + "".join(
        "<row>%s</row>" % cells(v) for v in
        ["45351.25", "45351", "60", "0.25", "-1"]), styles=styles, **more))
book("dates.xlsx")
book("dates1904.xlsx", workbook='<workbookPr date1904="1"/>')
!
run xlsx-read dates.xlsx
same out 'numbers are dates where the format of the cell says so' <<'!'
{"0":45351.25,"1":"2024-02-29T06:00:00","2":"1088430:00:00","3":"2024-02-29T06:00:00","4":"2024-02-29T06:00:00","5":45351.25,"6":45351.25,"7":"2024-02-29T06:00:00","8":"2024-02-29T06:00:00","9":"2024-02-29T06:00:00","10":"1088430:00:00","11":45351.25}
{"0":45351,"1":"2024-02-29","2":"1088424:00:00","3":"2024-02-29T00:00:00","4":"2024-02-29T00:00:00","5":45351,"6":45351,"7":"2024-02-29","8":"2024-02-29","9":"2024-02-29T00:00:00","10":"1088424:00:00","11":45351}
{"0":60,"1":"1900-02-29","2":"1440:00:00","3":"1900-02-29T00:00:00","4":"1900-02-29T00:00:00","5":60,"6":60,"7":"1900-02-29","8":"1900-02-29","9":"1900-02-29T00:00:00","10":"1440:00:00","11":60}
{"0":0.25,"1":"06:00:00","2":"06:00:00","3":"06:00:00","4":"06:00:00","5":0.25,"6":0.25,"7":"06:00:00","8":"06:00:00","9":"06:00:00","10":"06:00:00","11":0.25}
{"0":-1,"1":-1,"2":"-24:00:00","3":-1,"4":-1,"5":-1,"6":-1,"7":-1,"8":-1,"9":-1,"10":"-24:00:00","11":-1}
!
run xlsx-read --columns=1,3,9 dates1904.xlsx
same out 'so in a workbook that counts from 1904' <<'!'
{"1":"2028-03-01T06:00:00","3":"2028-03-01T06:00:00","9":"2028-03-01T06:00:00"}
{"1":"2028-03-01","3":"2028-03-01T00:00:00","9":"2028-03-01T00:00:00"}
{"1":"1904-03-01","3":"1904-03-01T00:00:00","9":"1904-03-01T00:00:00"}
{"1":"1904-01-01T06:00:00","3":"06:00:00","9":"1904-01-01T06:00:00"}
{"1":-1,"3":-1,"9":-1}
!

# formulas that nobody computed
make_books <<'!'
save("formulas.xlsx", parts(row('<c r="A2"><f>1+1</f></c><c><v>4</v></c>') +
    '<row><c><f>1+1</f><v/></c><c><v>3</v></c></row>'))
!
run xlsx-read formulas.xlsx
exits 1 'formulas without a value are something left out'
same out 'they are null' <<'!'
{"a":null,"B":4}
{"a":null,"B":3}
!
same err 'and told' <<'!'
xlsx-read: formulas.xlsx: formulas without a value: 2; open it in a spreadsheet and save it
!

# refused FILE PATTERN NAME: exit 2 at once, with that message
refused() {
	run timeout 20 xlsx-read "$1"
	exits 2 "$3"
	has err "^xlsx-read: .*$2" "$3: it is said"
}

# what is no workbook
: >zero.xlsx
printf 'id;naam\n1;x\n' >text.xlsx
"$python" - <<'!'
import struct, zipfile
def ole(name, entry):
    head = bytearray(512)
    head[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    head[30:32] = struct.pack("<H", 9)
    head[48:52] = struct.pack("<I", 0)
    folder = bytearray(512)
    for i, e in enumerate(["Root Entry", entry]):
        folder[128 * i:128 * i + 2 * len(e)] = e.encode("utf-16-le")
    open(name, "wb").write(head + folder)
ole("old.xlsx", "Workbook")
ole("secret.xlsx", "EncryptedPackage")
with zipfile.ZipFile("ods.xlsx", "w") as z:
    z.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    z.writestr("content.xml", "<x/>")
with zipfile.ZipFile("zip.xlsx", "w") as z:
    z.writestr("readme", "hello")
!
make_books <<'!'
p = parts(TABLE)
p["_rels/.rels"] = p["_rels/.rels"].replace("workbook.xml", "workbook.bin")
save("xlsb.xlsx", p)
p["_rels/.rels"] = rels(("a", "other", "x"))
save("docx.xlsx", p)
!
refused none.xlsx "cannot open 'none.xlsx': No such file" 'a file that is not there'
refused . 'Is a directory|not a regular file' 'a folder'
refused zero.xlsx 'zero.xlsx: is empty' 'an empty file'
refused text.xlsx 'text.xlsx: is no workbook \(.xlsx\)' 'a text'
refused old.xlsx 'is an old workbook \(.xls\); save it as .xlsx' 'an .xls'
refused secret.xlsx 'is encrypted; save it without a password' 'a password'
refused ods.xlsx 'is an OpenDocument file' 'an .ods'
refused zip.xlsx 'is a zip archive, but no workbook' 'some other archive'
refused xlsb.xlsx 'is a binary workbook \(.xlsb\)' 'an .xlsb'
refused docx.xlsx 'is an Office file, but no workbook' 'some other Office file'

# damage
make_books <<'!'
save("good.xlsx", parts(TABLE, strings="<si><t>x</t></si>" * 50))
good = open("good.xlsx", "rb").read()
for i in range(0, len(good), 37):
    open("cut-%d.xlsx" % i, "wb").write(good[:i])
    bad = bytearray(good)
    bad[i] ^= 0x55
    open("bit-%d.xlsx" % i, "wb").write(bad)
p = parts(TABLE)
with zipfile.ZipFile("crc.xlsx", "w") as z:
    for k, v in p.items():
        z.writestr(k, v)
b = open("crc.xlsx", "rb").read()
at = b.index(b"<v>7</v>")
open("crc.xlsx", "wb").write(b[:at] + b"<v>8</v>" + b[at + 8:])
with zipfile.ZipFile("flag.xlsx", "w") as z:
    for k, v in p.items():
        z.writestr(k, v)
b = bytearray(open("flag.xlsx", "rb").read())
for m in list(re.finditer(rb"PK\x03\x04", bytes(b))):
    b[m.start() + 6] |= 1
for m in list(re.finditer(rb"PK\x01\x02", bytes(b))):
    b[m.start() + 8] |= 1
open("flag.xlsx", "wb").write(b)
import warnings
warnings.simplefilter("ignore")
with zipfile.ZipFile("twice.xlsx", "w") as z:
    for k, v in p.items():
        z.writestr(k, v)
    z.writestr("XL/workbook.xml", "<x/>")
with zipfile.ZipFile("bzip.xlsx", "w", zipfile.ZIP_BZIP2) as z:
    for k, v in p.items():
        z.writestr(k, v)
q = dict(p)
del q[SHEET]
save("gone.xlsx", q)
save("noend.xlsx", dict(p, **{SHEET: p[SHEET][:-20]}))
save("junk.xlsx", dict(p, **{"xl/workbook.xml": "not XML"}))
save("utf8.xlsx", dict(p, **{SHEET: p[SHEET].encode().replace(b"id",
    b"\xff\xfe")}))
save("nosheet.xlsx", dict(p, **{"xl/workbook.xml": '<workbook xmlns="%s"/>'
    % MAIN}))
!
bad=0
for book in cut-*.xlsx; do
	timeout 10 xlsx-read "$book" >out 2>err
	if [ "$?" -ne 2 ] || ! grep -q "^xlsx-read: $book: " err; then
		bad=$((bad + 1))
		echo "# $book: $(cat err)"
	fi
done
ok 'cut off anywhere, it is refused with a message' [ $bad -eq 0 ]
bad=0
for book in bit-*.xlsx; do
	timeout 10 xlsx-read "$book" >out 2>err
	case $? in
	0) cmp -s out - <<'!' || bad=$((bad + 1)) ;;
{"id":7,"x":true}
!
	2) grep -q "^xlsx-read: " err || bad=$((bad + 1)) ;;
	*)
		bad=$((bad + 1))
		echo "# $book: $(cat err)"
		;;
	esac
done
ok 'with a byte changed anywhere, it is right or refused' [ $bad -eq 0 ]
refused crc.xlsx 'odd name.xml: damaged: its checksum is wrong' \
	'a wrong checksum'
refused flag.xlsx 'rels: is encrypted; save the workbook without' \
	'an encrypted part'
refused twice.xlsx "zip archive has two parts 'XL/workbook.xml'" \
	'two parts of one name'
refused bzip.xlsx 'is compressed by method 12, not by deflate' \
	'another compression'
refused gone.xlsx "part 'xl/worksheets/odd name.xml' is missing" \
	'a part that is not there'
refused noend.xlsx 'odd name.xml: line 1: damaged XML: ' 'XML that ends early'
refused junk.xlsx 'xl/workbook.xml: line 1: damaged XML: syntax error' \
	'what is no XML'
refused utf8.xlsx 'damaged XML: not well-formed' 'bytes that are no UTF-8'
refused nosheet.xlsx 'xl/workbook.xml: has no worksheet' 'no sheet at all'

# cells that cannot be
make_books <<'!'
def sheet(name, data, **more):
    save(name + ".xlsx", parts(data, **more))
sheet("back", '<row r="5"/><row r="5"/>')
sheet("row0", '<row r="0"/>')
sheet("rowx", '<row r="1x"/>')
sheet("deep-row", '<row r="1048577"/>')
sheet("after-last", '<row r="1048576"/><row/>')
sheet("wide", row('<c r="XFE2"/>'))
sheet("wider", row('<c r="XFD2"/><c/>'))
sheet("otherrow", row('<c r="A3"/>'))
sheet("noref", row('<c r="2"/>'))
sheet("long", row('<c r="AAAAAAAAAAAAAAAAAAAAAAAA2"/>'))
sheet("type", row('<c r="A2" t="zz"><v>1</v></c>'))
sheet("number", row('<c r="A2"><v>12x</v></c>'))
sheet("nan", row('<c r="A2"><v>NaN</v></c>'))
sheet("bool", row('<c r="A2" t="b"><v>2</v></c>'))
sheet("string", row('<c r="A2" t="s"><v>1</v></c>'), strings="<si/>")
sheet("minus", row('<c r="A2" t="s"><v>-1</v></c>'), strings="<si/>")
sheet("style", row('<c r="A2" s="x"><v>1</v></c>'))
sheet("style9", row('<c r="A2" s="9999999"><v>1</v></c>'))
!
refused back.xlsx 'row 5 stands behind row 5' 'a row that comes twice'
refused row0.xlsx "'0' is no row" 'row 0'
refused rowx.xlsx "'1x' is no row" 'a row that is no number'
refused deep-row.xlsx 'has more than 1048576 rows' 'a row below the last'
refused after-last.xlsx 'has more than 1048576 rows' 'one that does not say so'
refused wide.xlsx "'XFE2' is no cell of row 2" 'a column behind the last'
refused wider.xlsx 'row 2 has more than 16384 cells' 'one that does not say so'
refused otherrow.xlsx "'A3' is no cell of row 2" 'a cell of another row'
refused noref.xlsx "'2' is no cell of row 2" 'a cell without a column'
refused long.xlsx "is no cell of row 2" 'a column that never ends'
refused type.xlsx "cell A2: unknown type 'zz'" 'an unknown type'
refused number.xlsx "cell A2: no number '12x'" 'what is no number'
refused nan.xlsx "cell A2: no number 'NaN'" 'what no JSON can hold'
refused bool.xlsx "cell A2: neither true nor false '2'" 'an odd boolean'
refused string.xlsx "cell A2: no shared string has the number '1'" \
	'a string that is not there'
refused minus.xlsx "no shared string has the number '-1'" 'a negative one'
refused style.xlsx "cell A2: unknown style 'x'" 'a style that is no number'
run xlsx-read style9.xlsx
same out 'a style that is not there is none' <<'!'
{"a":1}
!

# hostility
make_books <<'!'
p = parts(TABLE)
laughs = ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    '<!ENTITY %s "%s">' % (chr(98 + i), ("&%s;" % chr(97 + i)) * 10)
    for i in range(12)) + "]>")
save("laughs.xlsx", dict(p, **{SHEET: laughs + p[SHEET].replace("id", "&m;")}))
save("entity.xlsx", dict(p, **{"xl/workbook.xml":
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' +
    p["xl/workbook.xml"].replace('name="S"', 'name="&e;"')}))
save("deep.xlsx", dict(p, **{SHEET: "<a>" * 1000000}))
save("deep-in.xlsx", parts(TABLE + "<row><c>" + "<v>" * 300000))
def bomb(name, part, before, filler, after, times):
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as z:
        for k, v in p.items():
            if k != part:
                z.writestr(k, v)
        with z.open(part, "w", force_zip64=True) as o:
            o.write(before)
            for i in range(times):
                o.write(filler)
            o.write(after)
sheet = p[SHEET].encode()
bomb("bomb.xlsx", SHEET, sheet[:-12], b" " * (1 << 20), sheet[-12:], 40)
bomb("rows.xlsx", SHEET, sheet.split(b"<row")[0], b"<row/>" * 100000,
    b"</sheetData></worksheet>", 100)
bomb("strings.xlsx", "xl/sharedStrings.xml", b'<sst xmlns="%s">' %
    MAIN.encode(), b"<si/>" * 100000, b"</sst>", 60)
bomb("tag.xlsx", SHEET, b'<worksheet xmlns="' + MAIN.encode() + b'" x="',
    bytes(range(97, 122)) * 4000, b'">', 40)
import random
random.seed(1)
noise = bytes(random.choices(b"abcdefghijklmnopqrstuvwxyz", k=1 << 20))
bomb("comment.xlsx", SHEET, b"<!--", noise, b"-->" + sheet, 3)
bomb("cell.xlsx", SHEET, sheet.split(b"<row")[0] + b'<row><c t="str"><v>',
    noise, b"</v></c></row></sheetData></worksheet>", 2)
with zipfile.ZipFile("travel.xlsx", "w") as z:
    for k, v in p.items():
        z.writestr(k, v)
    for name in ["../../travelled", "/travelled", "..\\travelled", "x/../y"]:
        z.writestr(name, "x")
q = dict(p)
q["xl/_rels/workbook.xml.rels"] = rels(("q", "worksheet",
    "../../../../../../etc/passwd"))
save("away.xlsx", q)
w = dict(p)
w["xl/workbook.xml"] = w["xl/workbook.xml"].replace("<sheets>", "<sheets>" +
    "".join('<sheet name="a%d" r:id="a%d"/>' % (i * 7919, i * 104729)
    for i in range(150000)))
save("sheets.xlsx", w)
# a list that says more, or other, than the archive holds
b = bytearray(open("good.xlsx", "rb").read())
end = b.rindex(b"PK\x05\x06")
b[end + 8:end + 12] = b"\xff\xff\xff\xff"
open("count.xlsx", "wb").write(b)
b = bytearray(open("good.xlsx", "rb").read())
at = b.rindex(b"PK\x01\x02")
b[at + 24:at + 28] = b"\xff\xff\xff\x7f"
open("size.xlsx", "wb").write(b)
b = bytearray(open("good.xlsx", "rb").read())
at = b.rindex(b"PK\x01\x02")
b[at + 42:at + 46] = b"\xff\xff\xff\x7f"
open("offset.xlsx", "wb").write(b)
!
# little memory is enough to refuse them; the sanitizers need more
# shellcheck disable=SC3045 # dash and bash have it
[ -n "$asan" ] || ulimit -v 200000
refused laughs.xlsx 'has a document type, which no workbook has' 'a billion laughs'
refused entity.xlsx 'has a document type, which no workbook has' \
	'an entity from a file'
refused deep.xlsx 'elements are nested deeper than 256' 'a million levels'
refused deep-in.xlsx 'elements are nested deeper than 256|damaged XML' \
	'levels inside a cell'
refused bomb.xlsx 'unpacks to more than 200 times its size' 'a bomb of blanks'
refused rows.xlsx 'unpacks to more than 200 times its size|more than 1048576' \
	'a bomb of rows'
refused strings.xlsx 'unpacks to more than 200 times its size|more than 16777216' \
	'a bomb of strings'
refused tag.xlsx 'has a tag of more than 1048576 bytes|200 times' 'an endless tag'
refused comment.xlsx 'has a tag of more than 1048576 bytes' 'an endless comment'
refused cell.xlsx 'cell A1: text is too long' 'an endless text'
refused away.xlsx "part 'etc/passwd' is missing" 'a part outside the archive'
refused sheets.xlsx 'has more than 100000 sheets' 'more sheets than can be'
refused count.xlsx 'damaged' 'a list that is too short'
refused size.xlsx 'damaged|more than' 'a part that is longer than it is'
refused offset.xlsx 'damaged' 'a part that is not where it should be'
run xlsx-read travel.xlsx
same out 'names that lead elsewhere do no harm' <<'!'
{"id":7,"x":true}
!
ls -A .. / >found
lacks found travelled 'and no file is written'
all_done
