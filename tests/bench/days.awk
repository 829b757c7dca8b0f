# 100,000 records of what chatters did on a day, in order
BEGIN {
	start = 1735689600
	for (nr = 0; nr < 100000; nr++) {
		id = nr % 300
		date = strftime("%Y-%m-%d", start + int(nr / 300) * 86400, 1)
		printf "{\"type\":\"chatter_day\",\"date\":\"%s\",\"id\":\"rec%04d\"," \
		    "\"name\":\"Person Number%d\",\"team\":\"day\"," \
		    "\"status\":\"worked\",\"tracked_s\":%d,\"sales\":%d.5," \
		    "\"messages_sent\":%d,\"ppvs_sent\":%d,\"ppvs_unlocked\":%d," \
		    "\"fans\":%d,\"fans_spent\":%d,\"golden_pct\":2.6," \
		    "\"unlock_pct\":25,\"cvr_pct\":5,\"reply_s\":%d," \
		    "\"sales_hr\":%.14f,\"msg_hr\":58.75,\"fans_hr\":5}\n",
		    date, id, id, 28000 + nr % 900, nr % 700, nr % 800, nr % 60,
		    nr % 20, nr % 80, nr % 8, nr % 300, nr % 700 / 7.7
	}
}
