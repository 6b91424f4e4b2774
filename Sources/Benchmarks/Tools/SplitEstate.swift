import Demo
import Foundation
import Journal

extension EstateFolder {
    /// The same facts in the same order in the logs of many nodes, action by action in turn by chance; made unless an
    /// earlier run has left it.
    func split(among count: Int) throws -> EstateFolder {
        let target = "\(path)-\(count)-nodes"
        if FileManager.default.fileExists(atPath: target) { return EstateFolder(path: target) }
        printProgress("dividing an estate among \(count) nodes …")
        let unfinished = "\(target).unfinished"
        try? FileManager.default.removeItem(atPath: unfinished)
        var logs = (0..<count).map { SplitLog(node: "node\($0)") }
        var random = SeededGenerator(seed: 1, "nodes")
        for segment in try segments {
            let data = try Data(contentsOf: URL(fileURLWithPath: segment), options: .alwaysMapped)
            var place = 0
            _ = try data.withUnsafeBytes { bytes in
                try bytes.eachLine { text, _ in
                    guard let line = Line(text) else { throw UsageError("\(segment) has what is no line") }
                    if line.group.index == 0 { place = random.below(count) }
                    logs[place].append(line)
                }
            }
            for place in logs.indices {
                let folder = "\(unfinished)/journal/\(logs[place].node)"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                let file = "\(folder)/\((segment as NSString).lastPathComponent)"
                try Data(logs[place].takeSegment()).write(to: URL(fileURLWithPath: file))
            }
        }
        try Data("\(logs[0].node)\n".utf8).write(to: URL(fileURLWithPath: "\(unfinished)/NODE"))
        try FileManager.default.moveItem(atPath: unfinished, toPath: target)
        return EstateFolder(path: target)
    }
}

/// A node's log that is made of lines of another.
private struct SplitLog {
    let node: String
    private var sequence = 0
    private var previous = Digest.zero
    private var segment: [UInt8] = []

    init(node: String) { self.node = node }

    mutating func append(_ line: Line) {
        sequence += 1
        let text = line.bytes
        // From the time on it is the same, up to the two hashes.
        let head = Array("{\"v\":2,\"n\":\"".utf8).count + line.node.utf8.count + "\",\"s\":\(line.sequence)".utf8.count
        let tail = text.count - ",\"p\":\"\",\"h\":\"\"}".utf8.count - 2 * 64
        let start = segment.count
        segment += "{\"v\":2,\"n\":\"\(node)\",\"s\":\(sequence)".utf8
        segment += text[head..<tail]
        segment += ",\"p\":\"\(previous.text)\"".utf8
        previous = segment.withUnsafeBytes { Digest(of: UnsafeRawBufferPointer(rebasing: $0[start...])) }
        segment += ",\"h\":\"\(previous.text)\"}\n".utf8
    }

    mutating func takeSegment() -> [UInt8] {
        defer { segment = [] }
        return segment
    }
}
