internal import Foundation

/// The files that come with the program: texts, templates, styles and scripts.
enum Resources {
    /// The bytes of one file.
    /// - Throws: when the program's resource folder is not beside it.
    static func data(_ path: String) throws -> Data {
        try Data(contentsOf: root().appendingPathComponent(path))
    }

    /// The paths of all files in a folder, relative to it.
    static func files(in folder: String) throws -> [String] {
        let base = try root().appendingPathComponent(folder).path
        return try FileManager.default.subpathsOfDirectory(atPath: base).filter {
            var isFolder: ObjCBool = false
            let isThere = FileManager.default.fileExists(
                atPath: "\(base)/\($0)", isDirectory: &isFolder)
            return isThere && !isFolder.boolValue
        }.sorted()
    }

    private static func root() throws -> URL {
        guard let url = Bundle.module.resourceURL else { throw CocoaError(.fileNoSuchFile) }
        return url
    }
}
