-- ends: time
string.find(("a"):rep(2e5), "(.-)%1(.-)%2b")
