package samples

var scanFaults = []fault{}
