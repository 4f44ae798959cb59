using System.Reflection;
using FvSolver.Materials;
using Xunit;

namespace FvSolver.Tests.House;

/// <summary>Numbers of Materials carry their unit and origin.</summary>
public class ParameterKindTests
{
    [Fact]
    public void Every_settable_number_of_Materials_has_a_unit_a_kind_and_a_reference()
    {
        PropertyInfo[] numbers =
        [
            .. typeof(Device).GetProperties().SelectMany(section => section.PropertyType.GetProperties())
                .Where(p => p.CanWrite && (p.PropertyType == typeof(double) || p.PropertyType == typeof(int)
                    || p.PropertyType == typeof(bool) || p.PropertyType.IsEnum)),
        ];
        Assert.True(numbers.Length > 90);
        foreach (PropertyInfo property in numbers)
        {
            QuantityAttribute? quantity = property.GetCustomAttribute<QuantityAttribute>();
            Assert.True(quantity != null, $"{property.DeclaringType!.Name}.{property.Name} has no [Quantity].");
            Assert.False(string.IsNullOrWhiteSpace(quantity.Unit), property.Name);
            Assert.False(string.IsNullOrWhiteSpace(quantity.Reference), property.Name);
            Assert.True(Enum.IsDefined(quantity.Kind), property.Name);
        }
    }
}
