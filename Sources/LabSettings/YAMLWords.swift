internal import LabWording
internal import Yams

/// Words for the parser's errors, with their place and without the file's text.
enum YAMLWords {
    static func fault(_ error: any Error, file: String) -> SettingsFault {
        func fault(_ mark: Mark?, _ message: Wording) -> SettingsFault {
            fault(at: (mark?.line ?? 1, mark?.column ?? 1), message)
        }
        func fault(at mark: (line: Int, column: Int), _ message: Wording) -> SettingsFault {
            let place = SettingsPlace(file: file, line: mark.line, column: mark.column, path: "")
            return SettingsFault(place: place, message: message)
        }
        guard let error = error as? YamlError else { return fault(nil, "could not be read") }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
            let what = Wording(word: problem, of: "yaml")
            return fault(mark, "no YAML: \(what); check indentation, colons and quotes")
        case .composer(_, let problem, let mark, _):
            let isSecond = problem.contains("another document")
            let words: Wording =
                isSecond
                ? "a second document begins here; keep one document a file"
                : "an alias without an anchor; write the value out, or put it in quotes"
            return fault(mark, words)
        case .reader(_, let offset, _, let yaml):
            return fault(
                at: mark(ofCharacter: offset ?? 0, in: yaml),
                "a character that YAML does not allow; remove it")
        case .duplicatedKeysInMapping(let keys, let context):
            return fault(
                context.mark,
                "the key '\(keys.first ?? "")' is given more than once; keep one of them")
        default:
            return fault(nil, "could not be read")
        }
    }

    private static func mark(
        ofCharacter offset: Int, in text: String
    ) -> (line: Int, column: Int) {
        let before = text.prefix(offset)
        let column = before.reversed().prefix { !$0.isNewline }.count + 1
        return (before.count(where: \.isNewline) + 1, column)
    }
}
