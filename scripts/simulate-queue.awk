# awk -v applications=N -v cores=N -v pages=N -v cpu=S -f simulate-queue.awk
# Handing in over 30 days, hour by hour from 9 to 18; 60 % come on the last three days, as people do. A core reads one page
# in cpu seconds and works round the clock. Half of it serves uploads of people while there are any (a tenth of the applications), the
# rest batches. Prints what waits at most, when all is judged after the last hour, and how long people wait at worst.
BEGIN {
	for (d = 1; d <= 30; d++) for (h = 9; h < 18; h++)
		arrive[d, h] = applications * (d > 27 ? 0.6 / 3 : 0.4 / 27) / 9
	rate = cores * 3600 / (pages * cpu) # applications an hour
	for (d = 1; d <= 3000; d++) for (h = 0; h < 24; h++) {
		people += arrive[d, h] * 0.1; batch += arrive[d, h] * 0.9
		mine = people > 0 && batch > 0 ? rate / 2 : (people > 0 ? rate : 0)
		if (people > 0 && people / (batch > 0 ? rate / 2 : rate) > slowest) slowest = people / (batch > 0 ? rate / 2 : rate)
		served = people < mine ? people : mine
		people -= served; left = rate - served
		batch -= batch < left ? batch : left
		if (people + batch > most) most = people + batch
		if (d >= 30 && h >= 17 && people + batch < 0.5 || d > 30 && people + batch < 0.5) {
			printf "| %d | %d | %.0f | %.1f h | %.1f min |\n", applications, cores, most, (d - 30) * 24 + h - 17, slowest * 60; exit
		}
	}
	printf "| %d | %d | %.0f | over 8 years | |\n", applications, cores, most
}
