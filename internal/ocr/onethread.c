// Tesseract divides each step of its nets among threads. A reader child has one for it:
// with more a page takes three to ten times as long. libgomp, given one thread,
// still makes and clears away a team at each step, with system calls. So the program has the four
// functions of it that Tesseract calls, for one thread: what would be done side by side is done one
// after the other.

unsigned long hq_side_by_side = 0; // how often they were called for sections

static __thread unsigned section, sections;

void GOMP_parallel(void (*body)(void *), void *data, unsigned threads, unsigned flags) {
	(void)threads;
	(void)flags;
	body(data);
}

void GOMP_parallel_sections(void (*body)(void *), void *data, unsigned threads, unsigned count, unsigned flags) {
	unsigned outer = section, of = sections;
	(void)threads;
	(void)flags;
	hq_side_by_side++;
	section = 0;
	sections = count;
	body(data);
	section = outer;
	sections = of;
}

unsigned GOMP_sections_next(void) { return section < sections ? ++section : 0; }

void GOMP_sections_end_nowait(void) {}
