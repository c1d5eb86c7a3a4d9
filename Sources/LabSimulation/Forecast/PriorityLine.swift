/// Who waits, in the order of a key: a heap, equal keys in the order of coming.
struct PriorityLine: ~Copyable {
    private struct Waiting: BitwiseCopyable {
        var key: Double
        var sequence: Int32
        var item: Int32

        @inline(__always)
        func precedes(_ other: Waiting) -> Bool {
            key < other.key || (key == other.key && sequence < other.sequence)
        }
    }

    private var heap = Block(capacity: 64, filledWith: Waiting(key: 0, sequence: 0, item: 0))
    private(set) var count = 0
    private var sequence: Int32 = 0

    init() {}

    mutating func clear() { (count, sequence) = (0, 0) }

    /// Lets an item wait.
    @inline(__always)
    mutating func append(_ item: Int32, key: Double) {
        heap.reserve(count + 1)
        sequence &+= 1
        let new = Waiting(key: key, sequence: sequence, item: item)
        var place = count
        count += 1
        while place > 0 {
            let above = (place - 1) >> 1
            guard new.precedes(heap[above]) else { break }
            heap[place] = heap[above]
            place = above
        }
        heap[place] = new
    }

    /// The item with the least key, which stays.
    @inline(__always)
    var first: Int32? { count > 0 ? heap[0].item : nil }

    /// Takes the item with the least key.
    @inline(__always)
    mutating func removeFirst() -> Int32 {
        let first = heap[0].item
        count -= 1
        guard count > 0 else { return first }
        let last = heap[count]
        var place = 0
        while true {
            var least = 2 * place + 1
            guard least < count else { break }
            if least + 1 < count, heap[least + 1].precedes(heap[least]) { least += 1 }
            guard heap[least].precedes(last) else { break }
            heap[place] = heap[least]
            place = least
        }
        heap[place] = last
        return first
    }
}
