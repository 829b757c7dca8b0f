.mode ascii
.separator "\t" "\n"
CREATE TABLE days (line TEXT);
.import @FILE@ days
