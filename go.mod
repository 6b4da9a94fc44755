module hequan

go 1.26
