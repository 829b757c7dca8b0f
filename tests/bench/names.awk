# 10,000 people of a roster, or with -v rows=1 rows of them, as others spell
# their names: in capitals, the last name first, a letter less, one more
BEGIN {
	nr_first = split("Alice Bruno Carla Daniel Elena Farid Grace Hugo Ines " \
	    "Jonas Katherine Liam Mariana Nadia Oscar Paula Quentin Rosa " \
	    "Samuel Teresa Umberto Vera Wanjiru Ximena Yusuf", first, " ")
	nr_last = split("Moreno Costa Otieno Luna Soto Mensah Oduya Lopez Reyes " \
	    "Boateng Silva Jansen Bakker Nowak Visser Petrov Yilmaz Duarte " \
	    "Ferreira Okafor", last, " ")
	split("ba ce di fo gu ha ke li mo nu", part, " ")
	for (i = 0; i < 10000; i++) {
		n = int(i / nr_first)
		a = first[i % nr_first + 1]
		b = part[n % 10 + 1] part[int(n / 10) % 10 + 1] \
		    part[int(n / 100) + 1] "n"
		c = last[i * 7 % nr_last + 1]
		if (!rows) {
			printf "{\"type\":\"roster\",\"id\":\"rec%05d\"," \
			    "\"name\":\"%s %s %s\",\"team\":\"day\"," \
			    "\"status\":\"Active\",\"role\":\"Chatter\"," \
			    "\"hubstaff_user_id\":null}\n", i, a, b, c
			continue
		}
		name = toupper(a) "  " b " " c
		if (i % 4 == 1)
			name = c ", " a " " b
		if (i % 4 == 2)
			name = a " " b " " substr(c, 1, length(c) - 1)
		if (i % 4 == 3)
			name = a "e " b " " c
		printf "{\"type\":\"inflow_row\",\"date\":\"2026-02-10\"," \
		    "\"name\":\"%s\",\"group\":\"Day\",\"sales\":%d}\n",
		    name, i % 500
	}
}
