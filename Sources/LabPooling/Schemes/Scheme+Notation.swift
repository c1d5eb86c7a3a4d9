extension Scheme {
    /// Reads a scheme as tables and users write it.
    ///
    ///     1                           everybody individually
    ///     10>1  or  10:1              a pool of 10, then its people
    ///     10>5>1                      then two pools of 5, then singles
    ///     11>5+5+1>1                  unequal parts; a part of 1 is an individual test
    ///     12>8+2+1+1>5+3+(1+1)>1      parts of all pools of the stage before, in order
    ///     pools(7+3)>1                a block that is cut before anything is tested
    ///     20>halve(4 stages; leaves 5+5+5+5)>1   halves; the list of leaves may be left out
    ///     8x8>1  or  64>8x8>1         an array, without and with a master pool
    ///     20>sterrett                 full Sterrett search; (1), (2) behind it: one or two
    ///
    /// - Throws: `PoolingFault.notation` or `.nesting`, with the place in words.
    package init(_ text: String) throws(PoolingFault) {
        var stages = text.filter { !$0.isWhitespace }.lowercased()
            .split(separator: ">", omittingEmptySubsequences: false).map(String.init)
        if stages.count == 1, let size = Self.ratio(stages[0]) {
            stages = size == 1 ? ["1"] : ["\(size)", "1"]
        }
        guard let last = stages.last, !stages.contains("") else {
            throw .notation("write stages like 10>5>1")
        }
        if stages.count == 2, let search = Self.search(last) {
            self = .sterrett(size: try Self.number(stages[0]), search)
            return
        }
        guard last == "1" else {
            throw .notation("the last stage is 1, individual testing: write \(text)>1")
        }
        let middle = stages.dropLast()
        if let array = try Self.array(Array(middle)) {
            self = array
        } else if middle.count == 2, middle[1].hasPrefix("halve(") {
            self = .hierarchy([try Self.halving(size: Self.number(middle[0]), middle[1])])
        } else {
            self = .hierarchy(try Self.trees(Array(middle)))
        }
    }

    /// `10:1` is how laboratories write pools of ten.
    private static func ratio(_ stage: String) -> Int? {
        guard stage.hasSuffix(":1") else { return nil }
        return Int(stage.dropLast(2))
    }

    private static func number(_ text: some StringProtocol) throws(PoolingFault) -> Int {
        guard let number = Int(text), number >= 1 else {
            throw .notation("a pool size is a whole number from 1")
        }
        guard number <= PoolTree.most else {
            throw .range(field: "pool size", from: 1, to: Double(PoolTree.most))
        }
        return number
    }

    private static func search(_ stage: String) -> Search? {
        switch stage {
        case "sterrett", "sterrett(full)": .full
        case "sterrett(1)": .once
        case "sterrett(2)": .twice
        default: nil
        }
    }

    private static func array(_ stages: [String]) throws(PoolingFault) -> Scheme? {
        guard let lines = stages.last?.split(separator: "x"), lines.count == 2 else { return nil }
        let side = try number(lines[0])
        guard try number(lines[1]) == side else {
            throw .notation("arrays are square: as many rows as columns")
        }
        guard (2...100).contains(side) else {
            throw .range(field: "rows and columns", from: 2, to: 100)
        }
        if stages.count == 2, try number(stages[0]) != side * side {
            throw .nesting("the master pool holds everybody: \(side * side) people")
        }
        guard stages.count <= 2 else { throw .notation("an array has one master pool at most") }
        return .array(side: side, hasMaster: stages.count == 2)
    }

    private static func halving(size: Int, _ text: String) throws(PoolingFault) -> PoolTree {
        let inner = text.dropFirst("halve(".count).dropLast()
        let parts = inner.split(separator: ";")
        guard text.hasSuffix(")"), let stages = parts.first, stages.hasSuffix("stages"),
            let count = Int(stages.dropLast("stages".count))
        else { throw .notation("halving is written halve(4 stages)") }
        let tree = try PoolTree.halving(size: size, stages: count)
        if parts.count > 1 {
            let leaves = try sizes(String(parts[1].drop { !$0.isNumber }))
            guard leaves == tree.leaves else {
                throw .nesting("halving \(size) in \(count) stages ends in other pools")
            }
        }
        return tree
    }
}

extension PoolTree {
    /// The pools whose people are tested individually next, in order.
    fileprivate var leaves: [Int] {
        if parts.allSatisfy({ $0.size == 1 }) { return [size] }
        return parts.flatMap(\.leaves)
    }
}

extension Scheme {
    /// The pools of a hierarchy, from its stages above the last.
    private static func trees(_ stages: [String]) throws(PoolingFault) -> [PoolTree] {
        guard let first = stages.first else { return [.person] }
        let roots: [Int]
        if first.hasPrefix("pools("), first.hasSuffix(")") {
            roots = try sizes(String(first.dropFirst("pools(".count).dropLast()))
        } else {
            roots = [try number(first)]
        }
        // Each stage as the sizes of its pools; only pools of more than one person are cut on.
        var levels = [roots]
        for stage in stages.dropFirst() {
            levels.append(try cut(levels[levels.count - 1].filter { $0 > 1 }, by: stage))
        }
        var below: [PoolTree] = []
        for (depth, level) in levels.enumerated().reversed() {
            var parts = below[...]
            var pools: [PoolTree] = []
            for size in level {
                if size == 1 {
                    pools.append(.person)
                } else if depth == levels.count - 1 {
                    pools.append(try PoolTree(size: size))
                } else {
                    var own: [PoolTree] = []
                    var filled = 0
                    while filled < size, let part = parts.popFirst() {
                        own.append(part)
                        filled += part.size
                    }
                    pools.append(try PoolTree(parts: own))
                }
            }
            below = pools
        }
        return below
    }

    /// The pools of the next stage: one size for all, or a list that fills the pools in order.
    private static func cut(_ pools: [Int], by stage: String) throws(PoolingFault) -> [Int] {
        if let size = Int(stage) {
            var parts: [Int] = []
            for pool in pools {
                guard size >= 1, size < pool, pool % size == 0 else {
                    throw .nesting(
                        "pools of \(size) do not fill a pool of \(pool); list the parts with +")
                }
                parts += Array(repeating: size, count: pool / size)
            }
            return parts
        }
        let parts = try sizes(stage)
        var rest = parts[...]
        for pool in pools {
            var filled = 0
            while filled < pool, let part = rest.popFirst() { filled += part }
            guard filled == pool else {
                throw .nesting("the parts \(stage) do not fill a pool of \(pool)")
            }
        }
        guard rest.isEmpty else {
            throw .nesting(
                "the parts \(stage) are more than the pools hold; a part of 1 is not cut again"
            )
        }
        return parts
    }

    /// Sizes joined by `+`; brackets only group.
    private static func sizes(_ text: String) throws(PoolingFault) -> [Int] {
        var sizes: [Int] = []
        for part in text.filter({ $0 != "(" && $0 != ")" }).split(
            separator: "+", omittingEmptySubsequences: false)
        {
            sizes.append(try number(part))
        }
        return sizes
    }
}
