/// Finds what somebody probably meant to write.
package enum Spelling {
    /// The candidate with the fewest edits, if they are at most a third of the word's length.
    package static func nearest(to word: String, among candidates: [String]) -> String? {
        let limit = max(1, word.count / 3)
        let scored = candidates.map { (edits(from: word, to: $0), $0) }
        guard let best = scored.min(by: { $0.0 < $1.0 }), best.0 <= limit else { return nil }
        return best.1
    }

    /// The edit distance: insertions, deletions, replacements and swaps of neighbours.
    static func edits(from source: String, to target: String) -> Int {
        let source = Array(source)
        let target = Array(target)
        var beforeLast: [Int] = []
        var last = Array(0...target.count)
        for line in source.indices {
            var row = [line + 1]
            for column in target.indices {
                let isSame = source[line] == target[column]
                var best = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1)
                best = min(best, row[column] + 1)
                if line > 0, column > 0, source[line] == target[column - 1],
                    source[line - 1] == target[column]
                {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                row.append(best)
            }
            beforeLast = last
            last = row
        }
        return last[target.count]
    }
}
