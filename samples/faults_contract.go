package samples

var contractFaults = []fault{}
