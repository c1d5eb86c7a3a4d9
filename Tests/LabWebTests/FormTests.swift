import LabDomain
import Testing

@testable import LabWeb

@Suite("Forms as browsers send them")
struct FormTests {
    @Test("WEB-5: fields of a form are read as they were typed, whatever was typed")
    func urlEncoded() {
        let fields = Fields(urlEncoded: "a=1&b=x+y%26z&a=2&c&d=%E6%B7%B7%E6%A0%B7&e=%zz&=&&f=a=b")
        #expect(fields["a"] == "1")
        #expect(fields.all("a") == ["1", "2"])
        #expect(fields["b"] == "x y&z")
        #expect(fields["c"]?.isEmpty == true)
        #expect(fields["d"] == "混样")
        #expect(fields["e"] == "%zz")
        #expect(fields["f"] == "a=b")
        #expect(fields["g"] == nil)
        #expect(Fields(urlEncoded: "n=0042").number("n") == 42)
        for text in ["n=", "n=x", "n=1e9", "n=99999999999999999999"] {
            #expect(Fields(urlEncoded: text).number("n") == nil, "\(text)")
        }
    }

    private static func body(_ parts: [(String, String)]) -> [UInt8] {
        let text = parts.map { "--b\r\nContent-Disposition: form-data; \($0.0)\r\n\r\n\($0.1)\r\n" }
        return Array((text.joined() + "--b--\r\n").utf8)
    }

    @Test("WEB-5: a file comes as its bytes, whatever is in it")
    func multipart() throws {
        let file = "tube,kind\r\n--c not the boundary\r\n\r\nx"
        let body = Self.body([
            ("name=\"csrf\"", "0a"), ("name=\"file\"; filename=\"名单.csv\"", file),
            ("name=\"empty\"; filename=\"\"", ""),
        ])
        let read = try #require(
            Multipart.read(body, contentType: "multipart/form-data; boundary=b"))
        #expect(read.0["csrf"] == "0a")
        #expect(read.1.count == 2)
        #expect(read.1[0].field == "file" && read.1[0].bytes == Array(file.utf8))
        #expect(read.1[0].isNamed && !read.1[1].isNamed && read.1[1].bytes.isEmpty)
    }

    @Test("WEB-5: a form that is cut off anywhere is no form")
    func cutOff() {
        let body = Self.body([("name=\"a\"", "1"), ("name=\"f\"; filename=\"x\"", "content")])
        let whole = body.count - 4  // The last line break and dashes may be missing.
        for length in 0..<whole {
            let read = Multipart.read(
                Array(body.prefix(length)), contentType: "multipart/form-data; boundary=b")
            #expect(read == nil, "\(length)")
        }
        #expect(Multipart.read(body, contentType: "multipart/form-data") == nil)
        #expect(Multipart.read(body, contentType: "multipart/form-data; boundary=c") == nil)
    }

    @Test("WEB-5: nobody is sent to another site")
    func localPaths() {
        for path in ["/", "/boxes?all=1", "/trace/SWT1"] { #expect(localPath(path) == path) }
        for path in [
            "", "//evil.example", "https://evil.example", "/\\evil.example", "boxes", "/a b", "/\n",
        ] {
            #expect(localPath(path) == nil, "\(path)")
        }
    }
}
