extension Scheme: CustomStringConvertible {
    /// The scheme as `Scheme(_:)` reads it.
    package var description: String {
        switch self {
        case .hierarchy(let trees): Self.text(of: trees)
        case .array(let side, let hasMaster):
            (hasMaster ? "\(side * side)>" : "") + "\(side)x\(side)>1"
        case .sterrett(let size, .once): "\(size)>sterrett(1)"
        case .sterrett(let size, .twice): "\(size)>sterrett(2)"
        case .sterrett(let size, .full): "\(size)>sterrett"
        }
    }

    private static func text(of trees: [PoolTree]) -> String {
        var stages: [String] = []
        var level = trees
        if level.count > 1 {
            stages.append("pools(" + level.map { "\($0.size)" }.joined(separator: "+") + ")")
        } else if let tree = level.first {
            stages.append("\(tree.size)")
        }
        while true {
            level = level.filter { $0.size > 1 }.flatMap(\.parts)
            guard level.contains(where: { $0.size > 1 }) else { break }
            stages.append(level.map { "\($0.size)" }.joined(separator: "+"))
        }
        return stages == ["1"] ? "1" : stages.joined(separator: ">") + ">1"
    }
}
