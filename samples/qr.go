package samples

import (
	"encoding/base64"
	"fmt"

	"github.com/skip2/go-qrcode"
)

// qrImage is a QR code as an HTML image.
func qrImage(payload string) string {
	code, err := qrcode.New(payload, qrcode.Medium)
	if err != nil {
		return fmt.Sprintf("<!-- no QR code: %s -->", esc(err.Error()))
	}
	code.DisableBorder = true
	png, err := code.PNG(-4)
	if err != nil {
		return fmt.Sprintf("<!-- no QR code: %s -->", esc(err.Error()))
	}
	return `<img style="image-rendering:pixelated" src="data:image/png;base64,` + base64.StdEncoding.EncodeToString(png) + `">`
}
