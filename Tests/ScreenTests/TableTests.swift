import Screen
import Testing

@Suite("Tables", .timeLimit(.minutes(60)))
struct TableTests {
    let columns: [Column] = [
        .fixed("房号", 8, priority: 3), Column("姓名", min: 4, ideal: 6, priority: 2),
        .fixed("金额", 8, alignment: .right, priority: 1), .filling("备注", min: 4, priority: 0),
    ]
    let rows = [
        Table.Row(["3-2-501", "李建国", "1,240.00", "承诺 11-25"]), Table.Row(["1-2-1102", "欧阳修文", "860.00", "未接通"]),
        Table.Row(["4-1-203", "赵敏", "430.00", ""]),
    ]

    @Test("Columns are aligned and truncated, and the selected row is marked")
    func picture() {
        let table = Table(
            columns: columns, rows: rows, position: ListPosition(selection: 1), isFocused: true, showsHeader: true)
        #expect(
            ScreenTests.picture(table, 44, 4) == [
                " 房号      姓名        金额  备注           ",
                " 3-2-501   李建国  1,240.00  承诺 11-25     ",
                "▌1-2-1102  欧阳…     860.00  未接通         ",
                " 4-1-203   赵敏      430.00                 ",
            ])
    }

    @Test("The background of the selected row covers the whole width and depends on focus")
    func selection() {
        for (isFocused, ground) in [(true, Ground.selected), (false, .selectedUnfocused)] {
            let table = Table(columns: columns, rows: rows, position: ListPosition(selection: 0), isFocused: isFocused)
            let grid = drawn(table, 44, 3)
            #expect((0..<44).allSatisfy { grid[$0, 0].style.ground == ground })
            #expect((0..<44).allSatisfy { grid[$0, 1].style.ground == .plain })
        }
    }

    @Test("Columns of the lowest priority are dropped first")
    func narrow() {
        let table = Table(columns: columns, rows: [rows[0]])
        #expect(ScreenTests.picture(table, 28, 1) == [" 3-2-501   李建国  1,240.00 "])
        #expect(ScreenTests.picture(table, 18, 1) == [" 3-2-501   李建国 "])
        #expect(ScreenTests.picture(table, 8, 1) == [" 3-2-5… "])
    }

    @Test("A column that carries the meaning gets the room of less important ones before it is cut")
    func meaning() {
        let columns: [Column] = [
            .fixed("", 4, priority: 5), .filling("", min: 4, ideal: 12, priority: 3), .fixed("", 6, priority: 1),
            .fixed("", 4, priority: 2),
        ]
        func widths(_ width: Int) -> [[Int]] {
            Column.layout(columns, width: width, gap: 2).map { [$0.index, $0.width] }
        }
        #expect(widths(32) == [[0, 4], [1, 12], [2, 6], [3, 4]])
        #expect(widths(31) == [[0, 4], [1, 19], [3, 4]])
        #expect(widths(23) == [[0, 4], [1, 17]])
        // Columns of higher priority stay.
        #expect(widths(14) == [[0, 4], [1, 8]])
    }

    @Test("A column is no wider than its contents, unless it takes the rest")
    func fitted() {
        let state = Column("", min: 10, ideal: 12, priority: 1)
        #expect([6, 11, 14].map { state.fitted(to: $0).ideal } == [6, 11, 12])
        #expect([6, 11, 14].map { state.fitted(to: $0).min } == [6, 10, 10])
        #expect(Column.filling("", min: 8).fitted(to: 3) == .filling("", min: 8))
    }

    @Test("A scroll bar appears if not all rows fit")
    func scrollBar() {
        let table = Table(
            columns: [.fixed("", 4)], count: 10, position: ListPosition(selection: 9),
            row: { Table.Row([Line("第\($0)")]) })
        #expect(ScreenTests.picture(table, 8, 4) == [" 第6   │", " 第7   │", " 第8   │", "▌第9   ┃"])
    }

    @Test("Only visible rows are computed")
    func lazy() {
        var computed: [Int] = []
        let table = Table(
            columns: [.fixed("", 6)], count: 1_000_000, position: ListPosition(selection: 500_000),
            row: { index in
                computed.append(index)
                return Table.Row([Line("\(index)")])
            })
        #expect(ScreenTests.picture(table, 10, 5)[4].contains("500000"))
        #expect(computed == Array(499_996...500_000))
    }

    @Test("An empty table shows its message in the centre")
    func empty() {
        let table = Table(columns: columns, rows: [], emptyMessage: "没有欠费")
        #expect(ScreenTests.picture(table, 16, 3) == ["                ", "    没有欠费    ", "                "])
    }

    @Test("A point is mapped to its row")
    func hit() {
        let table = Table(columns: columns, rows: rows, showsHeader: true)
        let rect = Rect(x: 2, y: 1, width: 30, height: 10)
        #expect(table.index(at: Point(x: 5, y: 2), in: rect) == 0)
        #expect(table.index(at: Point(x: 5, y: 1), in: rect) == nil)
        #expect(table.index(at: Point(x: 5, y: 9), in: rect) == nil)
    }

    @Test("Columns grow to their ideal by priority, then by weight up to their maximum")
    func widths() {
        let columns = [
            Column("", min: 4, ideal: 10, priority: 1), Column("", min: 4, ideal: 10, max: 12, weight: 1, priority: 2),
            Column("", min: 4, ideal: 4, weight: 1),
        ]
        #expect(Column.layout(columns, width: 20, gap: 2).map(\.width) == [4, 8, 4])
        #expect(Column.layout(columns, width: 24, gap: 2).map(\.width) == [6, 10, 4])
        #expect(Column.layout(columns, width: 48, gap: 2).map(\.width) == [10, 12, 22])
        #expect(Column.layout(columns, width: 48, gap: 2).map(\.x) == [0, 12, 26])
    }
}
