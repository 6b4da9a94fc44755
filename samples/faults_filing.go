package samples

var filingFaults = []fault{}
