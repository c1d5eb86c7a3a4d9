/// A file that a browser sent with a form.
package struct UploadedFile: Sendable {
    package let field: String
    /// The name that the file has at the sender's; it is never shown or kept.
    package let isNamed: Bool
    package let bytes: [UInt8]
}

/// Reads `multipart/form-data` (RFC 7578).
enum Multipart {
    /// The fields and files of a form; nil when the text is cut off or no such form.
    static func read(_ body: [UInt8], contentType: String) -> (Fields, [UploadedFile])? {
        guard let boundary = parameter("boundary", of: contentType), !boundary.isEmpty else {
            return nil
        }
        let mark = Array("--\(boundary)".utf8)
        var fields = Fields()
        var files: [UploadedFile] = []
        guard body.starts(with: mark) else { return nil }
        var position = mark.count
        let next = Array("\r\n".utf8) + mark
        while true {
            if body[position...].starts(with: Array("--".utf8)) { return (fields, files) }
            guard body[position...].starts(with: Array("\r\n".utf8)),
                let blank = find(Array("\r\n\r\n".utf8), in: body, from: position),
                let end = find(next, in: body, from: blank + 2)
            else { return nil }
            let head = String(
                decoding: body[(position + 2)..<max(position + 2, blank)], as: UTF8.self)
            let content = body[min(blank + 4, end)..<end]
            let disposition = header("content-disposition", in: head) ?? ""
            let name = parameter("name", of: disposition) ?? ""
            if let file = parameter("filename", of: disposition) {
                files.append(
                    UploadedFile(field: name, isNamed: !file.isEmpty, bytes: Array(content)))
            } else {
                fields.add(name, String(decoding: content, as: UTF8.self))
            }
            position = end + next.count
        }
    }

    private static func find(_ needle: [UInt8], in body: [UInt8], from start: Int) -> Int? {
        guard body.count >= needle.count, start <= body.count - needle.count else { return nil }
        return body.withUnsafeBufferPointer { bytes in
            needle.withUnsafeBufferPointer { wanted in
                var at = start
                let last = bytes.count - wanted.count
                while at <= last {
                    if bytes[at] == wanted[0] {
                        var length = 1
                        while length < wanted.count, bytes[at + length] == wanted[length] {
                            length += 1
                        }
                        if length == wanted.count { return at }
                    }
                    at += 1
                }
                return nil
            }
        }
    }

    private static func header(_ name: String, in head: String) -> String? {
        head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name + ":") }
            .map { String($0.dropFirst(name.count + 1)) }
    }

    /// `name="value"` or `name=value` among the parts of a header.
    private static func parameter(_ name: String, of header: String) -> String? {
        for part in header.split(separator: ";") {
            let trimmed = part.drop { $0 == " " }
            guard trimmed.lowercased().hasPrefix(name + "=") else { continue }
            let value = trimmed.dropFirst(name.count + 1)
            return value.first == "\""
                ? String(value.dropFirst().prefix { $0 != "\"" })
                : String(value.prefix { $0 != " " })
        }
        return nil
    }
}
