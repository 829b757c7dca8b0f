#include "page/coach_views.h"

static void
topic(struct html *h, const char *title, const char *const *text)
{
	coach_write_heading(h, NULL, title);
	for (; *text != NULL; text++)
		html_put(h, "p", NULL, *text);
}

static void
write_pages(struct html *h)
{
	static const char *const filters[] = {
		"Periode en Coaches uitsluiten gelden overal, behalve op "
		"Beschikbaarheid. De andere filters gelden alleen op hun eigen "
		"onderdeel. De periode verandert niets aan de week monitor.",
		"De link in de adresbalk bevat alle filters: wie hem opent "
		"ziet "
		"hetzelfde. Elke tabel sorteert op een kolomkop, zoekt, en "
		"bewaart wat er staat als CSV, met de filters erbij.",
		NULL,
	};

	coach_write_heading(h, NULL, "De onderdelen");
	html_open(h, "dl");
	html_class(h, "help");
	coach_write_line(h, "Dashboard", -1,
	    "Wie het goed doet, vergeleken met de mediaan van de groep.");
	coach_write_line(h, "Weken", -1,
	    "Signalen per week. Niet om op te kiezen: dat gebeurt op de "
	    "eligibility over 1 maand.");
	coach_write_line(h, "NA_Pool", -1,
	    "Wie er leads krijgt bij deze instellingen, en waarom anderen "
	    "niet.");
	coach_write_line(h, "Beschikbaarheid", -1,
	    "Wie leads aan heeft staan, en wie afwezig is.");
	coach_write_line(h, "Runs", -1,
	    "Welke gegevens er zijn opgehaald, en wat er sinds een eerdere "
	    "run veranderde.");
	html_close(h);
	topic(h, "Filters", filters);
}

static void
write_states(struct html *h)
{
	static const char *const median[] = {
		"Winst% is het gewonnen deel van de deals, gedempt: (gewonnen "
		"+ "
		"3) / (deals + 5). Zo krijgt een coach met één gewonnen deal "
		"geen 100%. Een coach zonder deals staat op 60,0%.",
		"De mediaan is de middelste waarde van alle coaches die na de "
		"filters overblijven, ook die zonder deals. De helft zit er op "
		"of boven. Minimum deals verandert de mediaan niet; minimum "
		"conversie, Top % en uitgesloten coaches wel.",
		NULL,
	};
	static const char *const minimum[] = {
		"Met weinig deals zegt een percentage weinig: één deal meer of "
		"minder verschuift het al ver. Vuistregel: vanaf 14 deals is "
		"het betrouwbaar genoeg voor Goed; vanaf de helft daarvan voor "
		"Matig.",
		NULL,
	};

	topic(h, "Winst% en de mediaan", median);
	coach_write_heading(h, NULL, "De vier statussen");
	html_open(h, "dl");
	html_class(h, "help");
	coach_write_line(h, "✅ Goed", STATE_GOOD,
	    "Minstens 14 deals (instelbaar) en een Winst% op of boven de "
	    "mediaan.");
	coach_write_line(h, "⭐ Matig", STATE_FAIR,
	    "Minstens de helft daarvan (7) en een Winst% van minstens 0,8 keer "
	    "de mediaan.");
	coach_write_line(h, "❌ Uitsluiten", STATE_EXCLUDED, "Al het andere.");
	coach_write_line(
	    h, "⚪ Geen data", STATE_NO_DATA, "Geen deals in de periode.");
	html_close(h);
	topic(h, "Waarom een minimum aantal deals", minimum);
}

static void
write_charts(struct html *h)
{
	static const char *const table[] = {
		"Verdeling Winstpercentage laat zien hoe ver de groep uit "
		"elkaar "
		"ligt, Aantal Coaches per Status hoeveel er in elke status "
		"zitten; beide tellen alleen coaches boven het minimum. In de "
		"tabel staan ze allemaal.",
		NULL,
	};

	coach_write_heading(h, NULL, "De grafieken");
	html_open(h, "dl");
	html_class(h, "help");
	coach_write_line(
	    h, "Rechtsboven", -1, "Veel deals, hoog percentage: goed.");
	coach_write_line(
	    h, "Rechtsonder", -1, "Veel deals, laag percentage: zwak.");
	coach_write_line(h, "Linksboven", -1,
	    "Weinig deals, hoog percentage: misschien geluk.");
	coach_write_line(h, "Linksonder", -1,
	    "Weinig deals, laag percentage: weinig actief.");
	html_close(h);
	topic(h, "De andere grafieken en de tabel", table);
}

static void
write_pool(struct html *h)
{
	static const char *const weeks[] = {
		"Een alert komt er voor de laatste week, bij coaches met "
		"genoeg "
		"deals: als hun nabeller % boven de drempel is, of als hun won "
		"rate meer dan het ingestelde aantal procentpunten onder hun "
		"gemiddelde van vier weken ligt. Dat zijn de laatste vier "
		"weken "
		"met deals, deze week meegerekend. Weken lopen van maandag tot "
		"en met zondag, in UTC.",
		NULL,
	};
	static const char *const available[] = {
		"Een coach staat op 🔴 als NA leads uit staat, op 🟡 als "
		"vandaag "
		"in de afwezigheid valt (eerste en laatste dag horen erbij), "
		"en "
		"anders op 🟢. Wijzigen gaat in het tabblad Beschikbaarheid, "
		"of "
		"met availability. De export naar NA_Pool kijkt er niet naar.",
		NULL,
	};

	coach_write_heading(h, NULL, "De export naar NA_Pool");
	html_put(h, "p", NULL,
	    "Goed en Matig worden geschreven, op volgorde van het bestand. De "
	    "filters van het dashboard tellen hier niet mee. Extra statussen:");
	html_open(h, "dl");
	html_class(h, "help");
	coach_write_line(h, "🚫 Nabeller te hoog", STATE_NABELLER,
	    "Meer deals bij de nabellers dan de drempel toelaat.");
	coach_write_line(h, "⚪ Te weinig deals", STATE_NO_DATA,
	    "Minder deals dan het minimum in de periode.");
	coach_write_line(h, "📉 Buiten top N%", STATE_OTHER,
	    "Winst% onder de grens van de beste N%.");
	coach_write_line(h, "cap_dag, cap_week, weight", -1,
	    "Hoeveel leads een coach per dag en per week hoogstens krijgt, en "
	    "hoe zwaar hij meetelt in de verdeling.");
	html_close(h);
	topic(h, "Week monitor", weeks);
	topic(h, "Beschikbaarheid", available);
}

static void
write_excluded(struct html *h)
{
	coach_write_heading(h, NULL, "Wie er standaard niet in staat");
	html_open(h, "dl");
	html_class(h, "help");
	coach_write_line(
	    h, "Namen met “nabeller”", -1, "Nabellers zijn geen coaches.");
	coach_write_line(h, "Rookvrij en Fitter Het Gooi, SportQube Algemeen",
	    -1, "Geven aanvragen door aan anderen.");
	coach_write_line(
	    h, "167331984, UNKNOWN", -1, "Niet bekend wie dit is.");
	coach_write_line(h, "benVitaal Coaching", -1, "Gestopt.");
	html_close(h);
}

static void
question(struct html *h, const char *title, const char *answer)
{
	html_open(h, "details");
	html_class(h, "behind");
	html_put(h, "summary", NULL, title);
	html_put(h, "p", NULL, answer);
	html_close(h);
}

static void
write_questions(struct html *h)
{
	static const char *const refresh[] = {
		"Deze pagina is gemaakt uit één run en verandert niet vanzelf. "
		"coach-refresh --refresh haalt alles opnieuw op en maakt een "
		"nieuwe run; coach-page maakt daarvan een nieuwe pagina.",
		NULL,
	};

	topic(h, "Nieuwe gegevens", refresh);
	coach_write_heading(h, NULL, "Vragen");
	question(h, "Een hoog percentage, en toch Uitsluiten?",
	    "Te weinig deals. Onder de helft van het minimum voor Goed is het "
	    "percentage niet betrouwbaar genoeg.");
	question(h, "Waarom is Winst% anders dan gewonnen gedeeld door deals?",
	    "Omdat het gedempt is: er tellen 3 gewonnen deals op 5 mee die er "
	    "niet zijn. Bij veel deals maakt dat bijna niets uit. De week "
	    "monitor gebruikt de gewone won rate.");
	question(h, "Hoe krijg ik dit in een spreadsheet?",
	    "Met de knop CSV bij een tabel. De werkboeken van een run staan in "
	    "zijn map.");
	question(h, "Waarom past het aantal per status niet bij de mediaan?",
	    "De grafiek per status telt alleen coaches boven Minimum deals; de "
	    "mediaan is van alle coaches die getoond worden.");
}

void
coach_write_help(const struct coach_page *p, struct html *h)
{
	(void)p;
	page_view_open(h, &coach_view[5], "Uitleg");
	html_open(h, "div");
	html_class(h, "prose");
	write_pages(h);
	write_states(h);
	write_charts(h);
	write_pool(h);
	write_excluded(h);
	write_questions(h);
	html_close(h);
	html_close(h);
}
