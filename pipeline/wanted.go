package pipeline

import (
	"context"

	"hequan"
	"hequan/extractors"
)

// readWanted reads whole, of the pages of which head and foot were read, those that turn out to be wanted
// once the documents are known: until none is. It returns their indices in the order in which they were
// asked for. What a file's pages are in part is kept apart from what they are whole, so that it does
// not matter what an earlier program wanted.
func (r *Reader) readWanted(ctx context.Context, reading *hequan.Reading, data []byte) ([]int, error) {
	var all []int
	for reading.Problem == nil {
		wanted := unreadWanted(reading.Pages)
		if len(wanted) == 0 {
			break
		}
		all = append(all, wanted...)
		var absent []int
		for _, i := range wanted {
			if page, ok := r.cache.loadPage(reading.SHA256, i+1); ok {
				reading.Pages[i] = *page
			} else {
				absent = append(absent, i)
			}
		}
		err := r.readEach(ctx, "whole", reading.SHA256, data, absent, nil, func(i int, page *hequan.Page) error {
			reading.Pages[i] = *page
			return r.cache.savePage(reading.SHA256, page)
		})
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

// unreadWanted is extractors.Wanting, at no cost where every page was read whole.
func unreadWanted(pages []hequan.Page) []int {
	for _, p := range pages {
		if p.Info.Unread {
			return extractors.Wanting(pages)
		}
	}
	return nil
}
