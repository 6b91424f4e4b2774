extension Moment {
    /// ISO 8601 with offset, e.g. `2026-11-23T16:10:05.123+08:00`. Zero milliseconds are left out, unless `always` is
    /// set.
    public func text(in zone: Zone, milliseconds always: Bool = false) -> String {
        String(decoding: bytes(in: zone, milliseconds: always), as: UTF8.self)
    }

    func bytes(in zone: Zone, milliseconds always: Bool) -> [UInt8] {
        let civil = Civil(self, in: zone)
        var out: [UInt8] = []
        out.reserveCapacity(29)
        func digits(_ value: Int, _ count: Int) {
            var divisor = 1
            for _ in 1..<count { divisor *= 10 }
            while divisor > 0 {
                out.append(UInt8(48 + value / divisor % 10))
                divisor /= 10
            }
        }
        digits(civil.year, 4)
        out.append(UInt8(ascii: "-"))
        digits(civil.month, 2)
        out.append(UInt8(ascii: "-"))
        digits(civil.day, 2)
        out.append(UInt8(ascii: "T"))
        digits(civil.hour, 2)
        out.append(UInt8(ascii: ":"))
        digits(civil.minute, 2)
        out.append(UInt8(ascii: ":"))
        digits(civil.second, 2)
        if always || civil.millisecond != 0 {
            out.append(UInt8(ascii: "."))
            digits(civil.millisecond, 3)
        }
        let offset = zone.offset(at: self)
        out.append(UInt8(ascii: offset < 0 ? "-" : "+"))
        digits(abs(offset) / 3600, 2)
        out.append(UInt8(ascii: ":"))
        digits(abs(offset) / 60 % 60, 2)
        return out
    }

    /// Parses `YYYY-MM-DDThh:mm[:ss[.mmm]]` with `Z` or `±hh:mm`; `nil` for anything else.
    public init?(iso text: String.UTF8View) {
        let moment = Array(text).withUnsafeBytes { Moment(iso: $0) }
        guard let moment else { return nil }
        self = moment
    }

    /// The same, from bytes.
    public init?(iso bytes: UnsafeRawBufferPointer) {
        var reader = DigitReader(bytes: bytes)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), reader.take("T"), let hour = reader.number(2), reader.take(":"),
            let minute = reader.number(2)
        else { return nil }
        var civil = Civil(year: year, month: month, day: day, hour: hour, minute: minute)
        if reader.take(":") {
            guard let second = reader.number(2) else { return nil }
            civil.second = second
            if reader.take(".") {
                guard let millisecond = reader.number(3) else { return nil }
                civil.millisecond = millisecond
            }
        }
        var offset = 0
        if !reader.take("Z") {
            let isWest = reader.take("-")
            guard isWest || reader.take("+"), let hours = reader.number(2), reader.take(":"),
                let minutes = reader.number(2), hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
        }
        guard reader.isAtEnd, civil.isReal else { return nil }
        self = civil.moment(offset: offset)
    }
}

/// Reads fixed-width numbers and separators from bytes. The bytes must outlive the reader.
public struct DigitReader {
    let bytes: UnsafeRawBufferPointer
    private var position = 0

    public init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    public var isAtEnd: Bool { position == bytes.count }

    /// Takes exactly `count` digits; otherwise `nil`, with the position unchanged.
    public mutating func number(_ count: Int) -> Int? {
        guard position + count <= bytes.count else { return nil }
        var value = 0
        for place in position..<position + count {
            let digit = bytes[place] &- 48
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        position += count
        return value
    }

    /// Takes a separator if it is next.
    public mutating func take(_ separator: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: separator) else { return false }
        position += 1
        return true
    }
}
