#include "sandbox/crm_impl.h"

#define NR(a) (sizeof(a) / sizeof((a)[0]))

/* 61 and 67 of them: owners get pairs that do not repeat */
const char *const crm_first_name[] = { "Noor", "Daan", "Saar", "Bram", "Lotte",
	"Ruben", "Fenna", "Joost", "Anouk", "Thijs", "Merel", "Wouter", "Noël",
	"Sanne", "Gijs", "Zoë", "Pieter", "Ilse", "Maarten", "Femke", "Koen",
	"Yara", "Stijn", "Roos", "Hugo", "Jasmijn", "Lars", "Mirthe", "Floor",
	"Teun", "Eva", "Sjoerd", "Tess", "Niels", "Angélique", "Bas", "Marit",
	"Jelle", "Nienke", "Rens", "Iris", "Olaf", "Vera", "Jurre", "Britt",
	"Casper", "Hanneke", "Youssef", "Amina", "Emre", "Fatima", "Mehmet",
	"Chantal", "Ferdinand", "Willemijn", "Tjeerd", "Annelies", "Boudewijn",
	"Liesbeth", "René", "Margriet" };
const size_t crm_first_names = NR(crm_first_name);

const char *const crm_last_name[] = { "de Vries", "Jansen", "van den Berg",
	"Bakker", "Visser", "Smit", "Meijer", "de Boer", "Mulder", "de Groot",
	"Bos", "Vos", "Peters", "Hendriks", "van Leeuwen", "Dekker", "Brouwer",
	"de Wit", "Dijkstra", "Smits", "de Graaf", "van der Meer",
	"van der Linden", "Kok", "Jacobs", "de Haan", "Vermeulen",
	"van den Heuvel", "van der Veen", "van den Broek", "de Bruijn",
	"van der Heijden", "Schouten", "van Beek", "Willems", "van Vliet",
	"van de Ven", "Hoekstra", "Maas", "Verhoeven", "Koster", "van Dam",
	"van der Wal", "Prins", "Blom", "Huisman", "Peeters", "Kuipers",
	"van Veen", "van Dongen", "Veenstra", "Kramer", "van den Bosch",
	"van der Meulen", "Mol", "Zwart", "van der Laan", "Martens",
	"van de Pol", "Postma", "Tromp", "Borst", "'t Hart", "Yılmaz",
	"El Amrani", "König", "O’Connor-Bakker" };
const size_t crm_last_names = NR(crm_last_name);

const char *const crm_city[] = { "Amersfoort", "Hilversum", "Apeldoorn",
	"Zwolle", "Deventer", "Nijmegen", "Tilburg", "Leeuwarden", "Groningen",
	"Haarlem", "Delft", "Maastricht", "Middelburg", "'s-Hertogenbosch",
	"Almere", NULL };

const char *const crm_company_head[] = { "Apotheek", "Huisartsenpraktijk",
	"Gezondheidscentrum", "Fysiotherapie", "Bouwbedrijf", "Drukkerij",
	"Transport", "Installatietechniek", "Kwekerij", "Bakkerij",
	"Adviesbureau", "Scholengroep", "Zorggroep" };
const size_t crm_company_heads = NR(crm_company_head);

const char *const crm_company_tail[] = { "De Linde", "Testkade", "Het Anker",
	"Zonneweide", "De Eikel", "Noorderpoort", "Waterland", "De Kroon",
	"Rivierenbuurt", "De Molen", "Stationsplein", "Veldzicht", "De Brug",
	"Parkwijk", "De Haven", "Oosterhof", "Kerkplein" };
const size_t crm_company_tails = NR(crm_company_tail);
