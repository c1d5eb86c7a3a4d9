internal import Foundation
internal import LabXML

/// NIST's rules of the laboratory report, as its conformance profile states them.
///
/// The file ships as NIST wrote it (`Schemas/nist-elr-2.5.1.xml`, profile V110915 of the 2015
/// certification; work of the United States' government, free of copyright): usage and cardinality
/// of every part, conditions, and statements with their numbers. No rule stands in this code.
/// Statements that name a Java class of NIST's are left out; `MessageRules` has what they say.
struct ConformanceProfile {
    /// A part of the message as the profile describes it.
    final class Part {
        /// What kind of part it is.
        enum Kind: String {
            case message = "HL7v2xStaticDef"
            case group = "SegGroup"
            case segment = "Segment"
            case field = "Field"
            case component = "Component"
            case subcomponent = "SubComponent"

            /// Whether its instances have the part's name, and not its number.
            var isNamed: Bool { self == .group || self == .segment }
        }

        let kind: Kind
        let name: String
        let usage: String
        /// How often it may stand; nil for any number.
        let most: Int?
        let condition: (test: ProfileTest, words: String)?
        let statements: [(number: String, test: ProfileTest, words: String)]
        let parts: [Part]

        init?(_ element: XMLElement) {
            guard let kind = Kind(rawValue: element.name) else { return nil }
            self.kind = kind
            name = element.attribute("Name") ?? ""
            usage = element.attribute("Usage") ?? ""
            most = element.attribute("Max").flatMap(Int.init)
            condition = element.child("Predicate").flatMap { predicate in
                predicate.child("Condition")?.children.first.flatMap(ProfileTest.init).map {
                    ($0, Self.words(of: predicate))
                }
            }
            statements = element.children("ConformanceStatement").compactMap { statement in
                guard let test = statement.child("Assertion")?.children.first
                else { return nil }
                return ProfileTest(test).map {
                    (statement.attribute("id") ?? "", $0, Self.words(of: statement))
                }
            }
            parts = element.children.compactMap(Part.init)
        }

        private static func words(of element: XMLElement) -> String {
            (element.child("EnglishDescription")?.text ?? "").split(whereSeparator: \.isWhitespace)
                .joined(separator: " ")
        }
    }

    /// The message.
    let root: Part

    /// The profile that ships with Swabline; nil when the file is missing.
    static func shipped() -> ConformanceProfile? {
        let file = Bundle.module.url(
            forResource: "nist-elr-2.5.1", withExtension: "xml", subdirectory: "Schemas")
        guard let file, let data = try? Data(contentsOf: file),
            let document = try? XMLReader.read(Array(data)),
            let root = document.child("HL7v2xStaticDef").flatMap(Part.init)
        else { return nil }
        return ConformanceProfile(root: root)
    }
}

/// A test that a profile makes on a part of a message.
indirect enum ProfileTest {
    case all([ProfileTest])
    case any([ProfileTest])
    case not(ProfileTest)
    /// Something stands at a place.
    case valued(String)
    /// A text at a place is this one.
    case equals(String, String)
    /// The texts at two places are the same.
    case same(String, String)
    /// Every text at a place has this form.
    case form(String, Regex<AnyRegexOutput>)
    /// Every text at a place is one of these.
    case list(String, [String])
    /// Not to be evaluated: a class of NIST's own program.
    case unknown

    init?(_ element: XMLElement) {
        let place = element.attribute("location") ?? "."
        switch element.name {
        case "AND": self = .all(element.children.compactMap(ProfileTest.init))
        case "OR": self = .any(element.children.compactMap(ProfileTest.init))
        case "NOT":
            guard let inner = element.children.first.flatMap(ProfileTest.init) else { return nil }
            self = .not(inner)
        case "Valued": self = .valued(place)
        case "PlainText":
            if let value = element.attribute("value") {
                self = .equals(place, value)
            } else {
                self = .same(place, element.attribute("locationContent") ?? ".")
            }
        case "Regex":
            guard let form = try? Regex(element.attribute("regex") ?? "") else { return nil }
            self = .form(place, form)
        case "List":
            let values = (element.attribute("csv") ?? "").split(
                separator: ",", omittingEmptySubsequences: false)
            self = .list(place, values.map(String.init))
        default: self = .unknown
        }
    }
}
