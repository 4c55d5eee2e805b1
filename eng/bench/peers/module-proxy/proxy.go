// proxy MODULE FOLDER: writes a module proxy of one module in many versions, and the go.sum that knows them all.
package main

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"log"
	"os"
	"path/filepath"
)

const versions = 100

func main() {
	module, root := os.Args[1], os.Args[2]
	folder := filepath.Join(root, module, "@v")
	must(os.MkdirAll(folder, 0o755))
	goMod := "module " + module + "\n\ngo 1.21\n"
	list, sums := "", ""
	for i := 0; i < versions; i++ {
		version := fmt.Sprintf("v1.0.%d", i)
		source := fmt.Sprintf("// Package extra is version %d.\npackage extra\n\nfunc Number() int { return %d }\n", i, i)
		prefix := module + "@" + version + "/"
		list += version + "\n"
		sums += fmt.Sprintf("%s %s %s\n", module, version, hash(line(prefix+"extra.go", source)+line(prefix+"go.mod", goMod)))
		sums += fmt.Sprintf("%s %s/go.mod %s\n", module, version, hash(line("go.mod", goMod)))
		put(folder, version+".info", fmt.Sprintf("{\"Version\":%q,\"Time\":\"2024-01-01T00:00:00Z\"}", version))
		put(folder, version+".mod", goMod)
		archive(filepath.Join(folder, version+".zip"), prefix, map[string]string{"extra.go": source, "go.mod": goMod})
	}
	put(folder, "list", list)
	put(root, "go.sum", sums)
}

// line and hash are go.sum's "h1": the SHA-256 of a list of SHA-256 sums and names.
func line(name, text string) string { return fmt.Sprintf("%x  %s\n", sha256.Sum256([]byte(text)), name) }

func hash(lines string) string {
	sum := sha256.Sum256([]byte(lines))
	return "h1:" + base64.StdEncoding.EncodeToString(sum[:])
}

func archive(path, prefix string, files map[string]string) {
	file, err := os.Create(path)
	must(err)
	writer := zip.NewWriter(file)
	for name, text := range files {
		entry, err := writer.Create(prefix + name)
		must(err)
		_, err = entry.Write([]byte(text))
		must(err)
	}
	must(writer.Close())
	must(file.Close())
}

func put(folder, name, text string) { must(os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644)) }

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
