import Testing

@Suite("The house: what is said is said in every language", .enabled(if: Tree.isCheckout))
struct WordsTests {
    @Test("WORDS-1: every sentence of the operations has its Chinese")
    func chinese() throws {
        let chinese = try Catalogue("zh")
        let templates = Templates.all(in: try Tree.sources())
        #expect(templates.count > 500, "the sentences are found")
        expectNone(
            templates.filter { chinese.entries[$0.text].map(Catalogue.isChinese) != true }
                .map { Finding($0.path, $0.line, "say in \(chinese.path): \($0.text)") })
    }

    @Test("WORDS-2: a catalogue holds no sentence that nobody says", arguments: ["en", "zh"])
    func used(_ language: String) throws {
        let catalogue = try Catalogue(language)
        let said = Set(Templates.all(in: try Tree.sources()).map(\.text)).union(Templates.joints)
        let unused = catalogue.templates.subtracting(said).sorted()
        expectNone(unused.map { Finding(catalogue.path, 0, "nobody says: \($0)") })
    }

    @Test("WORDS-3: a translation has the places of its sentence", arguments: ["en", "zh"])
    func places(_ language: String) throws {
        let catalogue = try Catalogue(language)
        let unequal = catalogue.entries.filter {
            Catalogue.places(in: $0.key) != Catalogue.places(in: $0.value)
        }
        expectNone(unequal.keys.sorted().map { Finding(catalogue.path, 0, "other places: \($0)") })
    }

    @Test("WORDS-4: a page never names a command of the shell")
    func commands() throws {
        let (english, chinese) = (try Catalogue("en"), try Catalogue("zh"))
        let naming = Templates.all(in: try Tree.sources()).filter {
            Catalogue.namesCommand($0.text)
        }
        #expect(!naming.isEmpty)
        expectNone(
            naming.filter { english.entries[$0.text] == nil }.map {
                Finding($0.path, $0.line, "say in other words in \(english.path): \($0.text)")
            })
        expectNone(
            english.entries.keys.filter { !Catalogue.namesCommand($0) }.sorted()
                .map { Finding(english.path, 0, "needs no other words: \($0)") })
        for catalogue in [english, chinese] {
            expectNone(
                catalogue.entries.values.filter(Catalogue.namesCommand).sorted()
                    .map { Finding(catalogue.path, 0, "names a command: \($0)") })
        }
    }

    @Test(
        "WORDS-5: a catalogue has one sentence a line, sorted, each once", arguments: ["en", "zh"])
    func sorted(_ language: String) throws {
        let catalogue = try Catalogue(language)
        #expect(catalogue.lines == catalogue.entries.keys.sorted())
        #expect(catalogue.text.split(separator: "\n").count == catalogue.entries.count + 2)
    }

    @Test("WORDS-1: sentences are read from literals of one line and of several, with their places")
    func templates() {
        let text = #"""
            throw Refusal(
                .rule, "A \(f("b", (1))) of {\(c)} is \"\(d)\".", remedy: """
                    Mend it, \
                    \(who ? "now" : "then on").
                    """, code: "not-a-sentence")
            """#
        func found(_ path: String) -> [String] {
            Templates.all(in: [SwiftFile(path, text)]).map(\.text)
        }
        #expect(
            found("Sources/LabOperations/A.swift")
                == ["A {0} of {{{1}}} is \"{2}\".", "then on", "Mend it, {0}."])
        #expect(found("Sources/swabline/A.swift").isEmpty)
        #expect(found("Sources/LabOperations/Rehearsal/A.swift").isEmpty)
    }

    @Test("WORDS-4: a command is known by its name or its dashes")
    func commandWords() {
        #expect(Catalogue.namesCommand("See swabline plate list."))
        #expect(Catalogue.namesCommand("or give --prevalence {0}=SHARE"))
        #expect(!Catalogue.namesCommand("Use the newest version of swabline."))
        #expect(!Catalogue.namesCommand("Ten -- or more; low-risk"))
    }

    @Test("WORDS-3: a doubled brace is no place")
    func doubled() {
        #expect(Catalogue.places(in: "{1} of {{{0}}} and {{2}}") == ["{0}", "{1}"])
    }
}
