internal import LabWording
internal import Yams

/// Turns the parser's nodes into ours and notes what settings do not allow.
struct NodeConverter {
    private(set) var faults: [SettingsFault] = []
    private let file: String

    init(file: String) { self.file = file }

    mutating func convert(_ node: Node, path: String, depth: Int) -> SettingsNode {
        let place = place(of: node, path: path)
        if node.anchor != nil {
            return refuse(place, "anchors and aliases are not accepted; write the value out")
        }
        guard depth <= SettingsDocument.deepest else {
            return refuse(place, "nested deeper than \(SettingsDocument.deepest) levels")
        }
        switch node {
        case .scalar(let scalar):
            let isNothing = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
            return SettingsNode(
                place: place, content: isNothing ? .nothing : .scalar(scalar.string))
        case .sequence(let items):
            let nodes = items.enumerated().map { index, item in
                convert(item, path: "\(path)[\(index + 1)]", depth: depth + 1)
            }
            return SettingsNode(place: place, content: .sequence(nodes))
        case .mapping(let pairs):
            let entries = pairs.compactMap { entry($0.key, $0.value, in: path, depth: depth) }
            return SettingsNode(place: place, content: .mapping(entries))
        case .alias:
            return refuse(place, "anchors and aliases are not accepted; write the value out")
        }
    }

    private mutating func entry(
        _ key: Node, _ value: Node, in path: String, depth: Int
    ) -> SettingsNode.Entry? {
        let mappingPlace = place(of: key, path: path)
        guard case .scalar(let name) = key, key.anchor == nil, !name.string.isEmpty else {
            _ = refuse(mappingPlace, "a key must be a single word or text")
            return nil
        }
        let inner = path.isEmpty ? name.string : "\(path).\(name.string)"
        return SettingsNode.Entry(
            key: name.string, keyPlace: place(of: key, path: inner),
            value: convert(value, path: inner, depth: depth + 1))
    }

    private mutating func refuse(_ place: SettingsPlace, _ message: Wording) -> SettingsNode {
        faults.append(SettingsFault(place: place, message: message))
        return SettingsNode(place: place, content: .nothing)
    }

    private func place(of node: Node, path: String) -> SettingsPlace {
        SettingsPlace(
            file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, path: path)
    }
}
