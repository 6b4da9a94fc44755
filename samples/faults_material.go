package samples

var materialFaults = []fault{}
