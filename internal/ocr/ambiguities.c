// With each model Tesseract sorts a few thousand groups of letters that are easily
// mistaken into lists, in 70 of the 80 ms that loading takes, for its older recogniser,
// which is never asked here (OEM_LSTM_ONLY). No setting leaves that out; so the program
// has the function itself, which the library calls by its name, and this one does nothing.
// A Tesseract that calls it otherwise loads the lists as it always did.
int hq_ambiguities_left_out = 0;

void hq_no_ambiguities(void) __asm__("_ZN9tesseract13UnicharAmbigs13LoadUniversalERKNS_10UNICHARSETEPS1_");

void hq_no_ambiguities(void) { hq_ambiguities_left_out++; }
