internal import Mustache

/// A model as the templates look at it: its fields by their names.
///
/// A template asks for each field of each row by its name, and looks into everything around it when
/// the row has none. The fields are therefore read once, when the first is asked for, and not with
/// every question.
final class Shown: MustacheParent, MustacheCustomRenderable {
    private let model: Any
    private lazy var fields = Self.fields(of: model)

    private init(_ model: Any) {
        self.model = model
    }

    func child(named name: String) -> Any? { fields[name] }

    /// What a template writes that names the model and none of its fields.
    var renderText: String { String(describing: model) }
    var isNull: Bool { false }

    /// A value as templates take it: structures by their fields, lists of them one by one, and
    /// everything else as it is; nil where there is none.
    static func value(_ value: Any) -> Any? {
        switch value {
        case is String, is Int, is Bool, is any MustacheParent: return value
        case let list as [String]: return list
        case let list as [Any]: return list.map { Self.value($0) ?? $0 }
        default: break
        }
        let mirror = Mirror(reflecting: value)
        return switch mirror.displayStyle {
        case .optional: mirror.children.first.flatMap { Self.value($0.value) }
        case .struct: Shown(value)
        default: value
        }
    }

    private static func fields(of model: Any) -> [String: Any] {
        var fields: [String: Any] = [:]
        for child in Mirror(reflecting: model).children {
            if let name = child.label { fields[name] = value(child.value) }
        }
        return fields
    }
}

/// HTML, its texts escaped by `escaped`.
struct EscapedText: MustacheContentType {
    static let name = "ESCAPED"

    func escapeText(_ text: String) -> String { escaped(text) }
}
