package samples

var deliveryFaults = []fault{}
