internal import Foundation

typealias Data = Foundation.Data

/// Whether a file stands at a path.
func isFile(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
