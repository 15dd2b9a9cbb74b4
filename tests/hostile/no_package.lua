-- refused: "scripts have no package"
package.loadlib("libc.so.6", "*")
