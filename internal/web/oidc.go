package web

// service is the name of the sign-in service, "" where there is none.
func (s *Server) service() string { return "" }
