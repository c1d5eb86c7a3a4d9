import Foundation
import LabOperations
import Testing

@testable import LabWeb

@Suite("The texts of the pages")
struct CatalogueTests {
    private static func tree() throws -> (texts: String, sources: String) {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(
                path: "Sources/LabWeb")
        var (texts, sources) = ("", "")
        let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        for case let file as URL in try #require(files) {
            switch file.pathExtension {
            case "mustache": texts += try String(contentsOf: file, encoding: .utf8)
            case "swift", "js": sources += try String(contentsOf: file, encoding: .utf8)
            default: break
            }
        }
        return (texts, sources)
    }

    @Test("WEB-4: both languages have the same texts, none is empty, and their places agree")
    func same() throws {
        let (english, chinese) = (try Catalogue(.english), try Catalogue(.chinese))
        #expect(english.keys == chinese.keys)
        for key in english.keys {
            let (here, there) = (english.text(key) ?? "", chinese.text(key) ?? "")
            // A routine test bears no mark.
            #expect((!here.isEmpty && !there.isEmpty) || key == "purposeSign.routine", "\(key)")
            func places(_ text: String) -> Set<Substring> {
                Set(text.matches(of: #/\{[a-z]+\}/#).map(\.output))
            }
            // A text for one thing alone needs no number.
            if key.hasSuffix(".one") { continue }
            #expect(places(here) == places(there), "\(key)")
        }
    }

    @Test("WEB-4: every Chinese text is Chinese, apart from codes and names of formats")
    func isChinese() throws {
        let chinese = try Catalogue(.chinese)
        let others: Set = ["frame.otherLanguage"]
        for key in chinese.keys.subtracting(others) {
            let text = chinese.text(key) ?? ""
            let hasWords = text.contains { $0.isLetter && $0.isASCII }
            let words = text.replacing(#/\{[a-z]+\}/#, with: "")
            let isWorded = words.unicodeScalars.contains { $0.value >= 0x2E80 }
            #expect(isWorded || !hasWords || words.count < 8, "\(key): \(text)")
        }
    }

    @Test("WEB-4: every text that a template or a line of code names is in the catalogue")
    func known() throws {
        let (templates, sources) = try Self.tree()
        let keys = try Catalogue(.english).keys
        for match in templates.matches(of: #/\[\[([^\]]+)\]\]/#) {
            #expect(keys.contains(String(match.1)), "\(match.1)")
        }
        for match in sources.matches(of: #/(?:words|catalogue)\.say\(\s*"([a-zA-Z0-9.-]+)"/#) {
            #expect(keys.contains(String(match.1)), "\(match.1)")
        }
        for match in sources.matches(of: #/[^.\w]say\('([a-zA-Z0-9.-]+)'/#) {
            #expect(keys.contains("script.\(match.1)"), "script.\(match.1)")
        }
    }

    @Test("WEB-4: no text is in the catalogue that nobody uses")
    func used() throws {
        let (templates, sources) = try Self.tree()
        // A key is used as a whole, or its last part is filled in from a closed list.
        let built = Set(
            sources.matches(of: #/"([a-zA-Z][a-zA-Z0-9.]*)\.\\\(/#).map { String($0.1) }
                + sources.matches(of: #/say\(`([a-z.]+)\.\$\{/#).map { "script.\($0.1)" }
                + sources.matches(of: #/words\.word\(\s*"([a-zA-Z.]+)"/#).map { String($0.1) })
        for key in try Catalogue(.english).keys {
            let plain = key.hasSuffix(".one") ? String(key.dropLast(4)) : key
            let named = plain.hasPrefix("script.") ? "'\(plain.dropFirst(7))'" : "\"\(plain)\""
            let isNamed = templates.contains("[[\(plain)]]") || sources.contains(named)
            let parts = plain.split(separator: ".")
            let isBuilt = (1..<max(parts.count, 2)).contains {
                built.contains(parts.prefix($0).joined(separator: "."))
            }
            let isRemedy = plain.hasSuffix(".remedy")
            #expect(isNamed || isBuilt || isRemedy, "\(key)")
        }
    }

    @Test("WEB-4: a template's texts are put in when it is read, escaped")
    func escaping() throws {
        let catalogue = try Catalogue(.english)
        let text = Templates.worded(
            "<p title=\"[[signIn.title]]\">{{x}}[[no.such]]</p>", by: catalogue)
        #expect(text == "<p title=\"Sign in\">{{x}}⟦no.such⟧</p>")
        #expect(escaped("<a href='x'>&\"") == "&lt;a href=&#39;x&#39;&gt;&amp;&quot;")
    }
}
